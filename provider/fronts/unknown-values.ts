import { isRecord } from "../ens/is-record";
import type { Properties } from "../lifecycle/lifecycle";
import { unknownValue } from "../lifecycle/unknown-value";

/**
 * Stands for a value that is not known in preview (`unknownValue` of Pulumi's runtime, written here so that the
 * provider process need not load the runtime). Pulumi gives dynamic providers this text, where other providers get a
 * special kind of value: https://github.com/pulumi/pulumi/issues/6310.
 */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine has a text for each kind of value; programs in some languages know the kind. */
const unknownTexts: readonly unknown[] = [
  unknownText,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/** Pulumi's properties, with our value for what is not known. */
export function withUnknowns(properties: Properties): Properties {
  return mapped(properties, (value) => (unknownTexts.includes(value) ? unknownValue : value));
}

/** Our properties, with Pulumi's text for what is not known. */
export function withUnknownTexts(properties: Properties): Properties {
  return mapped(properties, (value) => (value === unknownValue ? unknownText : value));
}

function mapped(properties: Properties, to: (value: unknown) => unknown): Properties {
  const map = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(map);
    return isRecord(value) ? mapped(value, to) : to(value);
  };
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, map(value)]));
}
