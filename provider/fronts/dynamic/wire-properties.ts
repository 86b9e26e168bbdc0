import type { Properties } from "../../lifecycle/lifecycle";
import { withUnknowns } from "../unknown-values";

/** A resource's properties as Pulumi passes them to a dynamic provider, taken apart. */
export interface WireProperties {
  /** What the lifecycle knows. */
  readonly properties: Properties;
  /** What Pulumi and this package's classes add to them; it is passed back. */
  readonly added: Properties;
  /** The inputs that are secrets as a whole. */
  readonly secrets: ReadonlySet<string>;
  /** Those, the inputs that have a secret inside, and secret outputs. Their values must not be shown. */
  readonly hidden: ReadonlySet<string>;
  /** The outputs that the option `additionalSecretOutputs` names. */
  readonly secretOutputs: readonly string[];
  /** What the option `replaceOnChanges` names. */
  readonly replaceOnChanges: readonly string[];
  /** What the option `ignoreChanges` names. */
  readonly ignored: ReadonlySet<string>;
  /** The program's proposal for a name, and how it calls the resource: only check needs them. */
  readonly autoName?: string;
  readonly claimant?: string;
}

/** The text that names the provider, and what the program says of inputs that are secrets, and of its options. */
const ofTheFront = ["__provider", "secretInputs", "secretOutputs", "replaceOnChanges", "ignoreChanges"];

/** What only check needs. It gets into no state. */
const ofCheck = ["autoName", "claimant"];

/** Ends the name of an input that is not a secret as a whole, but has a secret inside. */
const partly = /\.\*$/;

export function readWire(wire: unknown): WireProperties {
  const all = Object.entries(wire ?? {});
  const isOfCheck = ([name, value]: readonly [string, unknown]) =>
    ofCheck.includes(name) && typeof value === "string";
  const entries = all.filter((entry) => !isOfCheck(entry));
  const isAdded = ([name]: readonly [string, unknown]) => ofTheFront.includes(name);
  const added = Object.fromEntries(entries.filter(isAdded));
  const named = texts(added.secretInputs);
  const secretOutputs = texts(added.secretOutputs);
  return {
    properties: withUnknowns(Object.fromEntries(entries.filter((entry) => !isAdded(entry)))),
    added,
    secrets: new Set(named.filter((name) => !partly.test(name))),
    hidden: new Set([...named.map((name) => name.replace(partly, "")), ...secretOutputs]),
    secretOutputs,
    replaceOnChanges: texts(added.replaceOnChanges),
    ignored: new Set(texts(added.ignoreChanges)),
    ...Object.fromEntries(all.filter(isOfCheck)),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/**
 * Whether an edit leaves the secret inputs as they are. If not, an update is needed, which encrypts new secrets in state.
 * Version 0.1.0 wrote an input with a secret inside as a secret, and an upgrade must change nothing.
 */
export function sameSecrets(before: WireProperties, after: WireProperties): boolean {
  const hiddenBefore = hiddenInputs(before);
  const hiddenAfter = hiddenInputs(after);
  return (
    hiddenBefore.length === hiddenAfter.length &&
    hiddenAfter.every((name) => hiddenBefore.includes(name)) &&
    [...after.secrets].every((name) => before.secrets.has(name))
  );
}

function hiddenInputs({ hidden, secretOutputs }: WireProperties): string[] {
  return [...hidden].filter((name) => !secretOutputs.includes(name));
}
