import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ProfileCredentialsProvider } from "@alicloud/credentials";
import CliProfiles, { getConfiguration } from "@alicloud/credentials/dist/src/providers/cli_profile";
import { CredentialsError } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import { printable } from "../../ens/printable";
import type { SetSettings } from "../../ens/set-settings";
import type { CredentialSettings } from "../settings/credential-settings";
import { openedKeys } from "./opened-keys";
import { askVendor, type Limits } from "./vendor-keys";

type ProfileSettings = Extract<CredentialSettings, { kind: "profile" }>;

/** Something the vendor's library can be asked for credentials through. */
interface VendorProvider {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string }>;
}

/** Keys of a profile of the aliyun command line (any of its modes), or of the vendor's older INI file. */
export function profileKeys(settings: ProfileSettings, limits: Limits, set: SetSettings): KeySource {
  const { origin } = settings;
  return openedKeys(origin, async () => {
    const provider = await openProfile(settings, set);
    return async () => {
      const keys = await askVendor(() => provider.getCredentials(), limits);
      if (keys !== undefined) return keys;
      throw new CredentialsError(
        `No credentials from the profile "${printable(settings.profile ?? "current", 80)}" (${origin}): ${cliFile(settings)} has it, ` +
          "but what it says gives none. Mend it with `aliyun configure`.",
      );
    };
  });
}

async function openProfile(settings: ProfileSettings, set: SetSettings): Promise<VendorProvider> {
  const path = cliFile(settings);
  const configuration = await readProfiles(path, settings, set);
  const names = configuration?.profiles.map(({ name }) => name) ?? [];
  const wanted = settings.profile ?? configuration?.current ?? "default";
  if (configuration !== undefined && names.includes(wanted)) {
    try {
      const cli = CliProfiles.builder().withProfileName(wanted).build();
      // Private in its types only, and the one way in for a file that is not at the usual path.
      // biome-ignore lint/complexity/useLiteralKeys: brackets are how TypeScript lets a private member be reached
      return cli["getCredentialsProvider"](configuration, wanted);
    } catch {
      throw new CredentialsError(
        `The profile "${printable(wanted, 80)}" of ${path} (${settings.origin}) is incomplete. ` +
          `Mend it with \`aliyun configure --profile ${printable(wanted, 80)}\`.`,
      );
    }
  }
  const iniFile =
    process.env.ALIBABA_CLOUD_CREDENTIALS_FILE || join(homedir(), ".alibabacloud", "credentials");
  if (settings.file === undefined && existsSync(iniFile)) {
    return ProfileCredentialsProvider.builder().withProfileName(wanted).build();
  }
  const has = names.length > 0 ? ` (it has ${printable(names.join(", "))})` : "";
  const files = settings.file === undefined ? `${path}${has} nor in ${iniFile}` : `${path}${has}`;
  throw new CredentialsError(
    `There is no profile "${printable(wanted, 80)}" (${settings.origin}) in ${files}. ` +
      `Make it: \`aliyun configure --profile ${printable(wanted, 80)}\`, or name another: ${set({ profile: "<name>" })}.`,
  );
}

async function readProfiles(path: string, { file, origin }: ProfileSettings, set: SetSettings) {
  if (!existsSync(path)) {
    if (file === undefined) return undefined;
    throw new CredentialsError(
      `The credentials file ${path} (${origin}) does not exist. ` +
        `Name another: ${set({ sharedCredentialsFile: "<path>" })}.`,
    );
  }
  try {
    const configuration = await getConfiguration(path);
    if (Array.isArray(configuration.profiles)) return configuration;
  } catch {
    // The library's error for a malformed file holds the whole file.
  }
  throw new CredentialsError(
    `${path} (${origin}) is not a file of profiles: expected the JSON that \`aliyun configure\` writes. Run it to mend the file.`,
  );
}

function cliFile({ file }: ProfileSettings): string {
  if (file === undefined) return join(homedir(), ".aliyun", "config.json");
  return file.startsWith("~/") ? join(homedir(), file.slice(2)) : file;
}
