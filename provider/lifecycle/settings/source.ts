import type { HowToSet, SettingValues } from "../../ens/how-to-set";
import { shellQuoted } from "../../ens/shell-quoted";
import { textLiteral } from "../../ens/ts-literal";

/** Where the stack or the program sets the settings of this process. The environment comes after it. */
export interface SettingsSource {
  /** The keys a setting is looked up under, the strongest first, and what messages call each. */
  keysOf(setting: string): readonly { readonly key: string; readonly label: string }[];
  /** What kind of place that is, in words. */
  readonly kind: string;
  readonly howToSet: HowToSet;
}

/** Settings that `pulumi config set` must encrypt. */
const secrets = new Set(["secretKey", "securityToken", "credentialsUri"]);

/** The stack's configuration: our own namespace, then that of the official provider. */
export const stackConfiguration: SettingsSource = {
  kind: "stack configuration",
  keysOf: (setting) =>
    ["alicloud-ens", "alicloud"].map((namespace) => {
      const key = `${namespace}:${setting}`;
      return { key, label: key };
    }),
  howToSet: (values) =>
    paths(values)
      .map(([path, value]) => {
        const nested = /[.[]/.test(path);
        const flag = secrets.has(path) ? "--secret " : nested ? "--path " : "";
        return `\`pulumi config set ${flag}${shellQuoted(`alicloud-ens:${path}`, "<key>")} ${typed(value)}\``;
      })
      .join(" and "),
};

/**
 * The arguments of a `Provider` resource. Its process gets these, and not the stack's configuration, which Pulumi gives
 * to the default provider only.
 */
export function explicitProvider(name: string): SettingsSource {
  const literalName = textLiteral(name);
  return {
    kind: "argument",
    keysOf: (setting) => [
      { key: `alicloud-ens:${setting}`, label: `${setting} of the provider ${literalName}` },
    ],
    howToSet: (values) => `\`new ens.Provider(${literalName}, ${literal(values)})\``,
  };
}

function paths(values: SettingValues, prefix = ""): [string, string | number][] {
  return Object.entries(values).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    if (typeof value !== "object") return [[path, value]];
    if (!Array.isArray(value)) return paths(value as SettingValues, `${path}.`);
    return value.flatMap((entry: SettingValues, index) => paths(entry, `${path}[${index}].`));
  });
}

/** A value as a word of a command. A placeholder, `<id>`, is left as it is, since the user replaces it. */
function typed(value: string | number): string {
  const text = String(value);
  return /^<[^<>]+>$/.test(text) ? text : shellQuoted(text, "<value>");
}

/** As one writes it in TypeScript: `{ assumeRole: { roleArn: "…" } }`. */
function literal(value: SettingValues[string]): string {
  if (typeof value !== "object") return typeof value === "string" ? textLiteral(value) : String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const members = Object.entries(value).map(([name, member]) => `${name}: ${literal(member)}`);
  return `{ ${members.join(", ")} }`;
}
