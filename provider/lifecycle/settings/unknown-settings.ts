import { didYouMean } from "../../ens/nearest-name";
import { printable } from "../../ens/printable";
import { shellQuoted } from "../../ens/shell-quoted";
import { configurableNames } from "./variables";

const namespace = "alicloud-ens:";

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
