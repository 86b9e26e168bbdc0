import type { SettingValues } from "../../ens/how-to-set";
import { shellQuoted } from "../../ens/text/shell-quoted";
import { textLiteral } from "../../ens/text/ts-literal";
import { secretPaths, settingAt, variablesOf } from "./variables";

/** A setting's path and a value for it: `assumeRole.roleArn`, `endpoints[0].ens`. */
export type Assignment = readonly [string, string | number];

/** Where settings are: in a namespace of the stack's configuration, in the arguments of a provider, in the environment. */
export interface Place {
  /** What kind of place that is, in words. */
  readonly kind: string;
  /** What messages call a setting there. */
  label(path: string): string;
  /** How the user sets these there, ready to copy. */
  howToSet(values: readonly Assignment[]): string;
  /** How the user removes one there, ready to copy: ``unset it: `unset ENS_ENDPOINT` ``. */
  howToRemove(path: string): string;
}

/** A namespace of the stack's configuration: our own, or that of the official provider. */
export function configurationPlace(namespace: string): Place {
  const quoted = (path: string) =>
    (/[[.]/.test(path) ? "--path " : "") + shellQuoted(`${namespace}:${path}`, "<key>");
  return {
    kind: "stack configuration",
    label: (path) => `${namespace}:${path}`,
    howToSet: (values) =>
      values
        .map(([path, value]) => {
          const flag = secretPaths.includes(path) ? "--secret " : "";
          return `\`pulumi config set ${flag}${quoted(path)} ${typed(value)}\``;
        })
        .join(" and "),
    howToRemove: (path) => `remove it: \`pulumi config rm ${quoted(path)}\``,
  };
}

/** A value as a word of a command. A placeholder, `<id>`, is left as it is, since the user replaces it. */
function typed(value: string | number): string {
  const text = String(value);
  return /^<[^<>]+>$/.test(text) ? text : shellQuoted(text, "<value>");
}

/**
 * The arguments of a `Provider` resource. Its process gets these, and not the stack's configuration, which Pulumi gives
 * to the default provider only.
 */
export function argumentsPlace(name: string): Place {
  const literalName = textLiteral(name);
  return {
    kind: "argument",
    label: (path) => `${path} of the provider ${literalName}`,
    howToSet: (values) => `\`new ens.Provider(${literalName}, ${literal(nested(values))})\``,
    howToRemove: (path) => `leave ${path} out of the arguments of the provider ${literalName}`,
  };
}

/**
 * The properties of an explicit provider of the plugin. Each language writes them its own way, so only their names and
 * values are told.
 */
export function propertiesPlace(name: string): Place {
  const shown = JSON.stringify(name);
  return {
    kind: "property",
    label: (path) => `${path} of the provider ${shown}`,
    howToSet: (values) => {
      const properties = Object.entries(nested(values)).map(
        ([path, value]) => `\`${path}: ${literal(value)}\``,
      );
      return `give the provider ${shown} ${properties.join(" and ")}`;
    },
    howToRemove: (path) => `leave ${path} out of the properties of the provider ${shown}`,
  };
}

/** One of the families of variables; a setting may have more than one name in it. */
export function environmentPlace(family: number, index: number): Place {
  const variableOf = (path: string) => {
    const name = settingAt(path);
    return (name && variablesOf(name)[family]?.[index]) ?? path;
  };
  return {
    kind: "environment variable",
    label: variableOf,
    howToSet: (values) =>
      values.map(([path, value]) => `\`export ${variableOf(path)}=${typed(value)}\``).join(" and "),
    howToRemove: (path) => `unset it: \`unset ${variableOf(path)}\``,
  };
}

/** The values of settings as a list, each by its path. */
export function assignments(values: SettingValues, prefix = ""): Assignment[] {
  return Object.entries(values).flatMap(([name, value]): Assignment[] => {
    const path = `${prefix}${name}`;
    if (typeof value !== "object") return [[path, value]];
    if (!Array.isArray(value)) return assignments(value as SettingValues, `${path}.`);
    return value.flatMap((entry: SettingValues, index) => assignments(entry, `${path}[${index}].`));
  });
}

/** The other way round; a list has one entry, which is enough to show how it is written. */
function nested(values: readonly Assignment[]): SettingValues {
  const root: Record<string, SettingValues[string]> = {};
  for (const [path, value] of values) {
    const [, name = path, list, member] = /^([^.[]*)(\[\d+\])?\.(.*)$/.exec(path) ?? [];
    if (member === undefined) root[name] = value;
    else if (list !== undefined) root[name] = [nested([[member, value]])];
    else root[name] = { ...(root[name] as SettingValues | undefined), ...nested([[member, value]]) };
  }
  return root;
}

/** As one writes it in TypeScript: `{ assumeRole: { roleArn: "…" } }`. */
function literal(value: SettingValues[string]): string {
  if (typeof value !== "object") return typeof value === "string" ? textLiteral(value) : String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const members = Object.entries(value).map(([name, member]) => `${name}: ${literal(member)}`);
  return `{ ${members.join(", ")} }`;
}
