import { isRecord } from "../../ens/is-record";
import { quoted } from "../../ens/quoted";
import type { AnyLifecycle } from "../../lifecycle/any-lifecycle";
import type { CheckFailure, Properties } from "../../lifecycle/lifecycle";
import { unknownValue } from "../../lifecycle/unknown-value";

const replacement = "[secret]";

/**
 * Failures of check without the values of secrets. Pulumi itself shows the value of the property that a failure names,
 * so these failures name no property.
 */
export function concealFailures(
  failures: readonly CheckFailure[],
  inputs: Properties,
  hidden: ReadonlySet<string>,
): CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const [name = ""] = property.split(/[.[]/);
    if (!hidden.has(name)) return { property, reason };
    const value = inputs[name];
    const isPart = property !== name && isRecord(value);
    const parts = isPart ? Object.entries(value).flat() : [value];
    const safe = parts
      .filter((part) => part !== unknownValue)
      .reduce<string>((text, part) => text.replace(quoted(part), () => replacement), reason);
    return { property: "", reason: `${isPart ? `${name}.${replacement}` : name}: ${safe}` };
  });
}

/** Takes the values of hidden inputs out of a message. */
export function concealing(inputs: Properties, hidden: ReadonlySet<string>): (message: string) => string {
  const texts = [...hidden]
    .flatMap((name) => textsIn(inputs[name]))
    // The longest first: one may be part of another.
    .sort((one, other) => other.length - one.length);
  return (message) => texts.reduce((cleaned, secret) => cleaned.replaceAll(secret, replacement), message);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The key and value by which Pulumi's protocol marks a secret. */
const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/**
 * Outputs, with a mark on those that Pulumi must encrypt. An output with the name of a secret input needs no mark, but
 * Pulumi cannot know what a provider makes from a secret: https://github.com/pulumi/pulumi/issues/3012.
 */
export function markSecrets(
  state: object,
  secrets: ReadonlySet<string>,
  { derivedOutputs }: Pick<AnyLifecycle, "derivedOutputs">,
): Properties {
  const isFromSecret = (name: string) => derivedOutputs[name]?.some((input) => secrets.has(input)) === true;
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, isFromSecret(name) ? secretValue(value) : value]),
  );
}

/** A value as Pulumi marks secrets. */
export function secretValue(value: unknown): Properties {
  return { ...mark, value };
}
