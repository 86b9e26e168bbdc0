import { withDocsLink, withoutDocsLink } from "../ens/errors";
import { isRecord } from "../ens/is-record";
import { concealed } from "../ens/text/concealed";
import type { AnyLifecycle } from "../lifecycle/any-lifecycle";
import type { CheckFailure, Properties } from "../lifecycle/lifecycle";

/** A failure of check as Pulumi takes it. */
export type ShownFailure = Pick<CheckFailure, "property" | "reason">;

/** A value that has more characters as JSON is not worth to be shown. */
const longestShown = 2000;

/**
 * Failures of check without the values of secrets, and without long ones. Pulumi itself shows the whole value of the
 * property that a failure names, so these failures name no property. Nor do those of what is inside of one, whose value
 * it does not find and shows as `{<nil>}`.
 */
export function concealFailures(
  failures: readonly CheckFailure[],
  { properties, hidden }: { readonly properties: Properties; readonly hidden: ReadonlySet<string> },
): ShownFailure[] {
  const isLong = (name: string) => (JSON.stringify(properties[name]) ?? "").length > longestShown;
  return failures
    .map(({ property, reason, concealed: safe }) => {
      const [name = ""] = property.split(/[.[]/);
      if (!hidden.has(name)) {
        const isShown = property === name && !isLong(name);
        return isShown ? { property, reason } : { property: "", reason: `${property}: ${reason}` };
      }
      return { property: "", reason: `${property === name ? name : `${name}.${concealed}`}: ${safe}` };
    })
    .map(({ property, reason }) => ({ property, reason: withDocsLink(reason, "inputs") }));
}

/** Failures of check for an error of one resource, which has a link of its own. */
export function inLines(failures: readonly ShownFailure[]): string {
  return failures
    .map(({ property, reason }) => withoutDocsLink(property === "" ? reason : `${property}: ${reason}`))
    .join("\n");
}

/** The texts of hidden inputs, none of which may be shown. */
export function secretTexts(inputs: Properties, hidden: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...hidden].flatMap((name) => textsIn(inputs[name])));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The key and value by which Pulumi's protocol marks a secret. */
const markKey = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Outputs, with a mark on those that Pulumi must encrypt. An output with the name of a secret input needs no mark, but
 * Pulumi cannot know what a provider makes from a secret: https://github.com/pulumi/pulumi/issues/3012.
 */
export function markSecrets(
  state: object,
  secrets: ReadonlySet<string>,
  lifecycle: Pick<AnyLifecycle, "derivedOutputs">,
): Properties {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      isFromSecret(name, secrets, lifecycle) ? secretValue(value) : value,
    ]),
  );
}

/** Whether an output reveals something of an input that is a secret. */
export function isFromSecret(
  name: string,
  secrets: ReadonlySet<string>,
  { derivedOutputs }: Pick<AnyLifecycle, "derivedOutputs">,
): boolean {
  return derivedOutputs[name]?.some((input) => secrets.has(input)) === true;
}

/** A value as Pulumi marks secrets. */
export function secretValue(value: unknown): Properties {
  return { [markKey]: secretMark, value };
}

/** The value behind such a mark; nothing where there is none. */
export function secretOf(marked: unknown): { readonly value: unknown } | undefined {
  return isRecord(marked) && marked[markKey] === secretMark ? { value: marked.value } : undefined;
}
