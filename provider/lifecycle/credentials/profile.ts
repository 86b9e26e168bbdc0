import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { CLIProfileCredentialsProvider, ProfileCredentialsProvider } from "@alicloud/credentials";
import { CredentialsError } from "../../ens/errors";
import type { HowToSet } from "../../ens/how-to-set";
import { isRecord } from "../../ens/is-record";
import type { KeySource } from "../../ens/keys";
import { printable } from "../../ens/printable";
import { shellQuoted } from "../../ens/shell-quoted";
import type { CredentialSettings } from "../settings/credential-settings";
import { parseJson } from "../settings/parse-json";
import { openedKeys } from "./opened-keys";
import type { AskOptions } from "./vendor-keys";
import { askVendor } from "./vendor-keys";

type ProfileSettings = Extract<CredentialSettings, { kind: "profile" }>;

/** What the vendor's library calls a credentials provider. */
interface VendorSource {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string }>;
}

/** The part of `~/.aliyun/config.json` that is looked at here; the vendor's library reads the rest. */
interface ProfileFile {
  readonly current?: string;
  readonly profiles: readonly Readonly<Record<string, unknown>>[];
}

/** Keys of a profile of the aliyun command line (any of its modes), or of the vendor's older INI file. */
export function profileKeys(settings: ProfileSettings, options: AskOptions, howToSet: HowToSet): KeySource {
  const { origin } = settings;
  return openedKeys(origin, async () => {
    const source = await openProfile(settings, howToSet);
    return async () => {
      const keys = await askVendor(() => source.getCredentials(), options);
      if (keys !== undefined) return keys;
      throw new CredentialsError(
        `No credentials from the profile "${printable(settings.profile ?? "current", 80)}" (${origin}): ${cliFile(settings)} has it, ` +
          `but the profile gives no keys. Fix it with \`${configure(settings.profile)}\`.`,
      );
    };
  });
}

async function openProfile(settings: ProfileSettings, howToSet: HowToSet): Promise<VendorSource> {
  const path = cliFile(settings);
  const file = await readProfiles(path, settings, howToSet);
  const names = file?.profiles.map(({ name }) => name).filter((name) => typeof name === "string") ?? [];
  const wanted = settings.profile ?? file?.current ?? "default";
  if (file !== undefined && names.includes(wanted)) return sourceOfProfile(file, wanted, settings);
  const iniFile =
    process.env.ALIBABA_CLOUD_CREDENTIALS_FILE || join(homedir(), ".alibabacloud", "credentials");
  if (settings.file === undefined && existsSync(iniFile)) {
    return ProfileCredentialsProvider.builder().withProfileName(wanted).build();
  }
  const has = names.length > 0 ? ` (it has ${printable(names.join(", "))})` : "";
  const files = settings.file === undefined ? `${path}${has} nor in ${iniFile}` : `${path}${has}`;
  throw new CredentialsError(
    `There is no profile "${printable(wanted, 80)}" (${settings.origin}) in ${files}. ` +
      `Make it: \`${configure(wanted)}\`, or name another: ${howToSet({ profile: "<name>" })}.`,
  );
}

function sourceOfProfile(file: ProfileFile, wanted: string, settings: ProfileSettings): VendorSource {
  const cli = CLIProfileCredentialsProvider.builder().withProfileName(wanted).build();
  // The only way to read a file at another path. It is private only in the types, and the version is pinned.
  const sourceOf: (file: ProfileFile, wanted: string) => VendorSource =
    // biome-ignore lint/complexity/useLiteralKeys: brackets are how TypeScript lets a private member be reached
    cli["getCredentialsProvider"].bind(cli);
  try {
    return sourceOf(file, wanted);
  } catch (error) {
    if (!isPlainError(error)) throw error;
    // The library's message may repeat what the profile holds.
    throw new CredentialsError(
      `The profile "${printable(wanted, 80)}" of ${cliFile(settings)} (${settings.origin}) is incomplete. ` +
        `Fix it with \`${configure(wanted)}\`.`,
    );
  }
}

/** Whether a library threw an error on purpose; JavaScript throws other classes, for mistakes in code. */
function isPlainError(error: unknown): boolean {
  return error instanceof Error && error.constructor === Error;
}

async function readProfiles(
  path: string,
  { file, origin }: ProfileSettings,
  howToSet: HowToSet,
): Promise<ProfileFile | undefined> {
  if (!existsSync(path)) {
    if (file === undefined) return undefined;
    throw new CredentialsError(
      `The credentials file ${path} (${origin}) does not exist. ` +
        `Name another: ${howToSet({ sharedCredentialsFile: "<path>" })}.`,
    );
  }
  const profiles = parseProfiles(await readFile(path, "utf8"));
  if (profiles !== undefined) return profiles;
  throw new CredentialsError(
    `${path} (${origin}) is not a file of profiles: expected the JSON that \`aliyun configure\` writes. Run it to fix the file.`,
  );
}

function parseProfiles(text: string): ProfileFile | undefined {
  const content = parseJson(text);
  if (!isRecord(content) || !Array.isArray(content.profiles)) return undefined;
  const profiles = content.profiles.filter(isRecord);
  return typeof content.current === "string" ? { current: content.current, profiles } : { profiles };
}

/** The command that makes or changes a profile, by default the current one. */
function configure(profile: string | undefined): string {
  return [
    "aliyun configure",
    ...(profile === undefined ? [] : ["--profile", shellQuoted(profile, "<name>")]),
  ].join(" ");
}

function cliFile({ file }: ProfileSettings): string {
  if (file === undefined) return join(homedir(), ".aliyun", "config.json");
  return file.startsWith("~/") ? join(homedir(), file.slice(2)) : file;
}
