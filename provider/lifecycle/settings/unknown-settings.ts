import type { SettingProblem } from "../../ens/errors";
import { didYouMean, nearestName } from "../../ens/text/nearest-name";
import { printable } from "../../ens/text/printable";
import { shellQuoted } from "../../ens/text/shell-quoted";
import { accountSettings, configurableNames } from "./variables";

const namespace = "alicloud-ens:";
const officialNamespace = "alicloud:";

/** A key of the stack's configuration that nothing reads. */
export interface UnknownSetting {
  readonly key: string;
  /** What it may have been meant for, and how to remove it. */
  readonly remedy: string;
}

/** The keys in our namespace that are no settings: misspelt, they would have no effect without a word. */
export function unknownSettings(keys: readonly string[]): UnknownSetting[] {
  return keys
    .filter((key) => key.startsWith(namespace))
    .map((key) => ({ key, name: key.slice(namespace.length) }))
    .filter(({ name }) => !configurableNames.some((known) => known === name))
    .map(({ key, name }) => ({
      key: printable(key, 100),
      remedy:
        `Nothing reads ${printable(key, 100)}${didYouMean(name, configurableNames) || "."} ` +
        `To remove it: \`pulumi config rm ${shellQuoted(key, "<key>")}\`. The settings are ${configurableNames.join(", ")}.`,
    }));
}

/** What the official provider (3.108) reads besides; docs/settings.md says of each why nothing here does. */
export const otherOfficialNames: readonly string[] = [
  "accountId",
  "accountType",
  "clientConnectTimeout",
  "configurationSource",
  "fc",
  "features",
  "logEndpoint",
  "mnsEndpoint",
  "otsInstanceName",
  "protocol",
  "secureTransport",
  "securityTransport",
  "signVersion",
  "skipRegionValidation",
  "sourceIp",
];

/**
 * The keys in the official provider's namespace that are not known and are named like one that chooses an account: a
 * misspelt one, or one of a later version. Without them another account would be asked.
 */
export function unfollowedSettings(keys: readonly string[]): SettingProblem[] {
  const known = [...configurableNames, ...otherOfficialNames];
  return keys
    .filter((key) => key.startsWith(officialNamespace))
    .map((key) => key.slice(officialNamespace.length))
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const nearest = nearestName(name, known);
      if (nearest === undefined || !accountSettings.some((one) => one === nearest)) return [];
      const key = printable(officialNamespace + name, 100);
      const reason =
        `it is not known, and may choose an account that would then not be asked (stack configuration ${key}).\n` +
        `Did you mean ${nearest}? Rename it, or remove it: \`pulumi config rm ${shellQuoted(officialNamespace + name, "<key>")}\`.`;
      return [{ setting: key, reason }];
    });
}
