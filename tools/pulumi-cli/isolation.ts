import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PulumiCli } from ".";

/** Variables that would give a run the user's own account, login, proxy or state. */
const ofTheUser =
  /^(ALICLOUD_|ALIBABA_?CLOUD_|PULUMI_|(ENS|STS)_ENDPOINT$|CLIENT_READ_TIMEOUT$|MAX_RETRY_TIMEOUT$|(HTTPS?|ALL|NO)_PROXY$)/i;

/**
 * The environment of a run that touches nothing of the user's: state, login and home are in `folder`.
 *
 * The state is encrypted with a passphrase that is not secret, since nothing in it is.
 */
export function isolatedEnvironment(cli: PulumiCli, folder: string): Record<string, string> {
  const home = join(folder, "home");
  const state = join(folder, "state");
  mkdirSync(home, { recursive: true });
  mkdirSync(state, { recursive: true });
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ofTheUser.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: `${cli.folder}${delimiter}${process.env.PATH ?? ""}`,
    HOME: home,
    PULUMI_HOME: join(home, ".pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: "no secret",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    // The default credential chain would ask the network for the metadata of an ECS instance.
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
  };
}
