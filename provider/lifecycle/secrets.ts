import { shown } from "../ens/shown";
import type { CheckFailure } from "./checks";

/** What the program says of its inputs' secrets. */
interface MayHoldSecrets {
  /** Which inputs are secrets. Their values come in clear like all others. */
  readonly secretInputs?: readonly string[];
}

const hidden = "[secret]";

export function isSecret({ secretInputs = [] }: MayHoldSecrets, name: string): boolean {
  return secretInputs.includes(name);
}

interface NamesBucket extends MayHoldSecrets {
  readonly bucketName: string;
}

/** Whether a resource keeps its bucket. One that becomes a secret, or is none any more, needs another id. */
export function sameBucket(one: NamesBucket, other: NamesBucket): boolean {
  return one.bucketName === other.bucketName && isSecret(one, "bucketName") === isSecret(other, "bucketName");
}

/**
 * Failures of check without the values of secrets. Pulumi itself shows the value of a property that a failure is of,
 * so these are of none.
 */
export function concealFailures(failures: readonly CheckFailure[], inputs: MayHoldSecrets): CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const [name = ""] = property.split(/[.[]/);
    if (!isSecret(inputs, name)) return { property, reason };
    const value: unknown = Reflect.get(inputs, name);
    const values = property === name ? [value] : Object.values(value as object);
    const safe = values.map(shown).reduce((left, secret) => left.replace(secret, () => hidden), reason);
    return { property: "", reason: `${property}: ${safe}` };
  });
}

/** Takes the values of secrets out of a message. */
export function concealing(inputs: MayHoldSecrets): (message: string) => string {
  const secrets = (inputs.secretInputs ?? [])
    .map((name): unknown => Reflect.get(inputs, name))
    .flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : [value]))
    .filter((value): value is string => typeof value === "string" && value !== "")
    // The longest first: one may be part of another.
    .sort((one, other) => other.length - one.length);
  return (message) => secrets.reduce((left, secret) => left.replaceAll(secret, hidden), message);
}

/** The key and value by which Pulumi's protocol marks a secret. */
const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A value that Pulumi is to keep encrypted. What has the name of an input needs no such mark. */
export function secretValue<T>(value: T): T {
  // To Pulumi it is that value; the types of a provider's outputs know no secrets.
  return { ...mark, value } as unknown as T;
}
