import { isRecord } from "../../ens/is-record";
import type { Properties } from "../../lifecycle/lifecycle";
import { unknownValue } from "../../lifecycle/unknown-value";

/**
 * Stands for a value that is not known in preview (`unknownValue` of Pulumi's runtime, written here so that the
 * provider process need not load the runtime). Pulumi gives dynamic providers this text, where other providers get a
 * special kind of value: https://github.com/pulumi/pulumi/issues/6310.
 */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Pulumi's properties, with our value for what is not known. */
export function withUnknowns(properties: Properties): Properties {
  return mapped(properties, unknownText, unknownValue);
}

/** Our properties, with Pulumi's text for what is not known. */
export function withUnknownTexts(properties: Properties): Properties {
  return mapped(properties, unknownValue, unknownText);
}

function mapped(properties: Properties, from: unknown, to: unknown): Properties {
  const map = (value: unknown): unknown => {
    if (value === from) return to;
    if (Array.isArray(value)) return value.map(map);
    return isRecord(value) ? mapped(value, from, to) : value;
  };
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, map(value)]));
}
