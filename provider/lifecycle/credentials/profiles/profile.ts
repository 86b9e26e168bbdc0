import { CredentialsError } from "../../../ens/errors";
import type { KeySource } from "../../../ens/keys";
import { printable } from "../../../ens/text/printable";
import { defined } from "../../defined";
import type { CredentialSettings } from "../../settings/credential-settings";
import { withHome } from "../../settings/with-home";
import type { KeyTools } from "../key-tools";
import { openedKeys } from "../opened-keys";
import type { ProfileFile } from "./file";
import { aliyunConfigure, aliyunFile, iniFile, readAliyunFile, readIniFile } from "./file";
import { profileModes } from "./modes";
import type { ProfileFields, ProfilePlace } from "./named-profile";
import { NamedProfile } from "./named-profile";

type ProfileSettings = Extract<CredentialSettings, { kind: "profile" }>;

/** Keys of a profile of the aliyun command line, or of the vendor's older INI file. */
export function profileKeys(settings: ProfileSettings, tools: KeyTools): KeySource {
  const { origin, places } = settings;
  return openedKeys({ origin, ...defined({ places }) }, async () => {
    const source = await findProfile(settings, tools);
    return () => source.getKeys();
  });
}

async function findProfile(
  { profile, file, from: origin }: ProfileSettings,
  tools: KeyTools,
): Promise<KeySource> {
  const { howToSet } = tools.settings;
  const path = file === undefined ? aliyunFile() : withHome(file);
  const profiles = await readAliyunFile(path, origin);
  if (profiles === undefined && file !== undefined) {
    throw new CredentialsError({
      what: `The credentials file ${path} (${origin}) does not exist.`,
      remedy: `Name another: ${howToSet({ sharedCredentialsFile: "<path>" })}.`,
    });
  }
  const wanted = profile ?? profiles?.current ?? "default";
  const found = profiles && openProfile(profiles, wanted, tools);
  if (found !== undefined) return found;
  const older = file === undefined ? await readIniFile(iniFile(), origin) : undefined;
  const foundThere = older && openProfile(older, wanted, tools);
  if (foundThere !== undefined) return foundThere;
  const files = [
    `${path}${namesIn(profiles)}`,
    ...(file === undefined ? [`${iniFile()}${namesIn(older)}`] : []),
  ];
  throw new CredentialsError({
    what: `There is no profile "${printable(wanted, 80)}" (${origin}) in ${files.join(" nor in ")}.`,
    remedy: `Make it: ${aliyunConfigure(path, wanted)}, or name another: ${howToSet({ profile: "<name>" })}.`,
  });
}

/** Which profiles a file has, in parentheses. */
export function namesIn(file: ProfileFile | undefined): string {
  const names = file?.profiles.map(({ name }) => name) ?? [];
  return names.length > 0 ? ` (it has ${printable(names.join(", "), 100)})` : "";
}

/**
 * The keys of a profile; `undefined` where the file has none of that name.
 *
 * @throws CredentialsError where it cannot work
 */
export function openProfile(file: ProfileFile, wanted: string, tools: KeyTools): KeySource | undefined {
  const opened = openAfter([], file, wanted, tools);
  if (opened === undefined) return undefined;
  const { profile, source } = opened;
  const chainLink = `profile "${printable(profile.name, 80)}", ${profile.mode}`;
  return { ...source, getKeys: async () => ({ ...(await source.getKeys()), chainLink }) };
}

interface OpenedProfile {
  readonly profile: NamedProfile;
  readonly source: KeySource;
}

/** @param after - the profiles that need this one's keys, one for the other */
function openAfter(
  after: readonly string[],
  file: ProfileFile,
  wanted: string,
  tools: KeyTools,
): OpenedProfile | undefined {
  const found = file.profiles.find(({ name }) => name === wanted);
  if (found === undefined) return undefined;
  const { modeName, mode } = readMode(found, file.place);
  const profile = new NamedProfile(found, file.place, modeName, mode.means);
  const trail = [...after, wanted];
  const openSource = (name: string): KeySource => {
    if (trail.includes(name)) {
      throw profile.problem(
        `, but its source profiles come back to itself: ${printable([...trail, name].join(" → "))}`,
        `Name another source_profile: ${profile.configure()}`,
      );
    }
    const opened = openAfter(trail, file, name, tools);
    if (opened !== undefined) return opened.source;
    throw profile.problem(
      `, but its source_profile "${printable(name, 80)}" is not in the file${namesIn(file)}`,
      `Make it: ${file.place.howToWrite(name)}, or name another: ${profile.configure()}`,
    );
  };
  return { profile, source: mode.open(profile, { ...tools, openSource }) };
}

function readMode({ name, fields }: ProfileFields, place: ProfilePlace) {
  // The second is what aliyun's own code calls the first.
  const modeName = fields.mode === "RamRoleArnWithEcs" ? "RamRoleArnWithRoleName" : fields.mode;
  const mode =
    typeof modeName === "string" && Object.hasOwn(profileModes, modeName)
      ? profileModes[modeName]
      : undefined;
  if (typeof modeName === "string" && mode !== undefined) return { modeName, mode };
  const { path, origin, fieldNames, modeNames, howToWrite } = place;
  const what = fieldNames?.mode ?? "mode";
  const known = modeNames === undefined ? Object.keys(profileModes) : Object.values(modeNames);
  // A mode that is none may be a secret in the wrong place.
  const wrong =
    modeName === undefined || modeName === ""
      ? `has no ${what}, so it was never configured`
      : `has a ${what} that this package does not know (it knows ${known.join(", ")})`;
  throw new CredentialsError({
    what: `The profile "${printable(name, 80)}" of ${path} (${origin}) ${wrong}.`,
    remedy: `Configure it: ${howToWrite(name)}.`,
  });
}
