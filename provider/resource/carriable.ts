import * as pulumi from "@pulumi/pulumi";
import { ProgramError } from "../ens/errors";
import { pathTo } from "../ens/text/path-to";

/**
 * An input without what Pulumi cannot carry. A date becomes its ISO text. Pulumi makes `{}` of the others (maps, sets,
 * URLs), so that a change of them would never be seen, or fails with words of its own.
 *
 * @param path - The input's place, for the error: `triggers[0]`.
 * @param subject - The resource, for the error: `PreparedUpload "media"`.
 * @throws ProgramError, or an output or promise that fails with one
 */
export function carriable(
  value: unknown,
  path: string,
  subject: string,
  within: readonly object[] = [],
): unknown {
  const refuse = (what: string, instead: string) => {
    throw new ProgramError({
      what: `${path} of ${subject} is ${what}, which Pulumi cannot carry.`,
      remedy: `Give ${instead}.`,
    });
  };
  switch (typeof value) {
    case "bigint":
      return refuse("a bigint", "its text, String(value)");
    case "function":
      return refuse("a function", "a value that changes with it");
    case "symbol":
      return refuse("a symbol", "its description");
    case "number":
      return Number.isFinite(value) ? value : refuse(String(value), "a number");
    case "object":
      break;
    default:
      return value;
  }
  if (isTextAsset(value)) {
    // Pulumi's SDK reads one without text as no asset at all, and the program fails (3.216 to 3.270).
    return Promise.resolve(value.text).then((text) =>
      text === ""
        ? refuse("a StringAsset without text", 'a text: content: "", for an object of 0 bytes')
        : value,
    );
  }
  if (value === null || pulumi.Resource.isInstance(value) || isAsset(value)) return value;
  if (pulumi.Output.isInstance(value)) return value.apply((known) => carriable(known, path, subject, within));
  if (value instanceof Promise) return value.then((known) => carriable(known, path, subject, within));
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? refuse("not a valid date", "a valid one") : value.toISOString();
  }
  if (within.includes(value)) return refuse("a value that contains itself", "one that does not");
  const inside = [...within, value];
  if (Array.isArray(value)) {
    return value.map((part, index) => carriable(part, `${path}[${index}]`, subject, inside));
  }
  const parts = Object.entries(value);
  const { name } = value.constructor ?? Object;
  if (parts.length === 0 && name !== "Object")
    return refuse(`of the class ${name}`, "a text, a list or an object made of it");
  return Object.fromEntries(
    parts.map(([key, part]) => [key, carriable(part, `${path}${pathTo(key)}`, subject, inside)]),
  );
}

function isTextAsset(value: unknown): value is pulumi.asset.StringAsset {
  return pulumi.asset.Asset.isInstance(value) && "text" in value;
}

function isAsset(value: object): boolean {
  return pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value);
}
