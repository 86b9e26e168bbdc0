import type { CredentialsPlace } from "../../ens/errors";
import { CredentialsError, EnsError, explanationOf, withoutDocsLink } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import { printable } from "../../ens/text/printable";
import type { CredentialSettings } from "../settings/credential-settings";
import { ecsRoleKeys, metadataSwitch } from "./ecs-role";
import { isOn } from "./is-on";
import type { KeyTools } from "./key-tools";
import { openedKeys } from "./opened-keys";
import type { ProfileFile } from "./profiles/file";
import { aliyunFile, iniFile, readAliyunFile, readIniFile } from "./profiles/file";
import { namesIn, openProfile } from "./profiles/profile";

type ChainSettings = Extract<CredentialSettings, { kind: "defaultChain" }>;

/** A place that the vendor's default chain looks at. */
interface Link {
  readonly name: string;
  /**
   * `undefined` where the place has nothing.
   *
   * @throws CredentialsError where it has something that is broken
   */
  open(): Promise<KeySource | undefined>;
  /** Whether it is asked on the off chance, so that nobody is told that it gave none. */
  readonly quiet?: boolean;
}

/**
 * The vendor's default chain, the last place to look: its places in its order, each asked by code of our own. Those that
 * variables name are settings.
 */
export function defaultChain({ origin, lookedAt }: ChainSettings, tools: KeyTools): KeySource {
  return openedKeys({ origin }, async () => {
    const links = linksOf(origin, tools);
    const looked: CredentialsPlace[] = lookedAt.map((place) => ({ place }));
    for (const { name, open, quiet = false } of links) {
      try {
        const source = await open();
        if (source === undefined) {
          looked.push({ place: name });
          continue;
        }
        // Where a place gives none, the chain goes on.
        await source.getKeys();
        return async () => {
          const keys = await source.getKeys();
          return { ...keys, chainLink: [name, keys.chainLink].filter(Boolean).join(", ") };
        };
      } catch (error) {
        if (!EnsError.isInstance(error) || tools.transport.cancelled.aborted) throw error;
        looked.push({ place: name, ...(quiet ? {} : { problem: withoutDocsLink(error.message) }) });
      }
    }
    throw noCredentials(looked, tools);
  });
}

/** What is broken is told; where there is nothing, how to set keys. The list of the places is for the doctor. */
function noCredentials(places: readonly CredentialsPlace[], { settings }: KeyTools): CredentialsError {
  const [broken, another] = places.flatMap(({ problem }) => problem ?? []);
  const doctor = "`npx pulumi-alicloud-ens doctor` shows every place";
  if (broken !== undefined) {
    const { what, remedy } = explanationOf(broken);
    const more = another === undefined ? "" : ` Another place is broken too: ${doctor}.`;
    return new CredentialsError(
      { what: `No credentials found. ${what}`, remedy: `${remedy}${more}` },
      { places },
    );
  }
  const remedy =
    `Set a key pair: ${settings.howToSet({ accessKey: "<id>", secretKey: "<secret>" })}, or run \`aliyun configure\`. ` +
    `${doctor} that was looked at.`;
  return new CredentialsError({ what: "No credentials found.", remedy }, { places });
}

/** The variable that keeps the vendor's tools from the profiles of aliyun. */
const aliyunSwitch = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";

function linksOf(origin: string, tools: KeyTools): readonly Link[] {
  const instance = "the metadata of an ECS instance";
  return [
    {
      name: `~/.aliyun/config.json${switchedOff(aliyunSwitch)}`,
      open: async () =>
        isOn(aliyunSwitch) ? undefined : currentProfile(await readAliyunFile(aliyunFile(), origin), tools),
    },
    {
      name: "~/.alibabacloud/credentials",
      open: async () => currentProfile(await readIniFile(iniFile(), origin), tools),
    },
    {
      name: `${instance}${switchedOff(metadataSwitch)}`,
      // Most machines are no instance.
      quiet: true,
      open: async () =>
        ecsRoleKeys({
          origin,
          options: { timeout: tools.settings.clientReadTimeout, transport: tools.transport },
          roleName: undefined,
          noKeys: (why, remedy) =>
            new CredentialsError({ what: `No credentials from ${instance}${why}.`, remedy: `${remedy}.` }),
        }),
    },
  ];
}

function switchedOff(variable: string): string {
  return isOn(variable) ? ` (switched off by ${variable})` : "";
}

/** The keys of the profile that is used where none is named. */
function currentProfile(file: ProfileFile | undefined, tools: KeyTools): KeySource | undefined {
  if (file === undefined) return undefined;
  const wanted = file.current ?? "default";
  const found = openProfile(file, wanted, tools);
  if (found !== undefined) return found;
  throw new CredentialsError({
    what: `There is no profile "${printable(wanted, 80)}" in ${file.place.path}${namesIn(file)}.`,
    remedy: `Name one that there is: ${tools.settings.howToSet({ profile: "<name>" })}.`,
  });
}
