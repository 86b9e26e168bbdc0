import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Emulator } from "../emulator";
import { ProgramError } from "../provider/ens/errors";
import { settingVariables } from "../provider/lifecycle/settings/variables";

/**
 * The environment for Pulumi runs that ask the emulator and keep their state in a folder, whatever account and login
 * this machine has: for `envVars` of the Automation API, or over the environment of a `pulumi` command.
 *
 * @param emulator - A running emulator.
 * @param stateFolder - Where to keep the state, encrypted with a passphrase that is not secret. The folder is made if
 * it does not exist.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from "node:fs";
 * import { LocalWorkspace } from "@pulumi/pulumi/automation";
 * import { startEmulator, stackEnvironment } from "pulumi-alicloud-ens/testing";
 *
 * export async function deploy(workDir: string) {
 *   const emulator = await startEmulator({ buckets: ["media-assets"] });
 *   const envVars = stackEnvironment(emulator, mkdtempSync("state-"));
 *   const stack = await LocalWorkspace.createOrSelectStack({ stackName: "test", workDir }, { envVars });
 *   return stack.up();
 * }
 * ```
 */
export function stackEnvironment(emulator: Emulator, stateFolder: string): Record<string, string> {
  if (typeof emulator?.environment !== "object") {
    throw new ProgramError(
      "stackEnvironment takes an emulator that runs: `stackEnvironment(await startEmulator({ buckets: [] }), folder)`.",
    );
  }
  if (typeof stateFolder !== "string" || stateFolder === "") {
    throw new ProgramError(
      "stackEnvironment takes the path of a folder for the state, as its second argument.",
    );
  }
  mkdirSync(stateFolder, { recursive: true });
  return {
    ...Object.fromEntries(settingVariables.map((name) => [name, ""])),
    ...emulator.environment,
    PULUMI_BACKEND_URL: pathToFileURL(stateFolder).href,
    PULUMI_CONFIG_PASSPHRASE: "no secret",
    PULUMI_SKIP_UPDATE_CHECK: "1",
  };
}
