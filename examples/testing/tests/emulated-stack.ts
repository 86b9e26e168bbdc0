import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { type Emulator, stackEnvironment } from "pulumi-alicloud-ens/testing";

/** Whether stacks can be deployed here; says what is missing. */
export async function hasPulumi(): Promise<boolean> {
  try {
    await PulumiCommand.get();
    return true;
  } catch {
    console.log("Skipped, since there is no Pulumi CLI: https://www.pulumi.com/docs/iac/download-install/");
    return false;
  }
}

/** A stack of this project that asks the emulator, with a state of its own. */
export async function createStack(emulator: Emulator): Promise<{ stack: Stack; remove(): Promise<void> }> {
  const stateFolder = mkdtempSync(join(tmpdir(), "state-"));
  const stack = await LocalWorkspace.createStack(
    { stackName: `test-${process.pid}`, workDir: join(__dirname, "..") },
    { envVars: stackEnvironment(emulator, stateFolder) },
  );
  return {
    stack,
    remove: async () => {
      await stack.destroy({ remove: true });
      rmSync(stateFolder, { recursive: true });
    },
  };
}
