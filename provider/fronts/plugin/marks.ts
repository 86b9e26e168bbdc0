import { isRecord } from "../../ens/is-record";
import type { Properties } from "../../lifecycle/lifecycle";
import { secretOf, secretValue } from "../secret-values";

/**
 * What is secret of a value: all of it, some of its members, or something inside of a list, whose places may change.
 * Nothing where there is no secret.
 */
export type Mark = "whole" | "inside" | Marks;

/** What is secret of properties, by name. */
export type Marks = { readonly [name: string]: Mark };

interface Unmarked {
  readonly value: unknown;
  readonly mark: Mark | undefined;
}

/** Takes the engine's marks off properties. */
export function unmark(properties: Properties): { readonly properties: Properties; readonly marks: Marks } {
  const { value, mark } = unmarkMembers(properties);
  return { properties: value, marks: mark ?? {} };
}

function unmarkValue(value: unknown): Unmarked {
  const secret = secretOf(value);
  if (secret !== undefined) return { value: unmarkValue(secret.value).value, mark: "whole" };
  if (Array.isArray(value)) {
    const parts = value.map(unmarkValue);
    const isMarked = parts.some(({ mark }) => mark !== undefined);
    return { value: parts.map((part) => part.value), mark: isMarked ? "inside" : undefined };
  }
  return isRecord(value) ? unmarkMembers(value) : { value, mark: undefined };
}

function unmarkMembers(members: Properties): {
  readonly value: Properties;
  readonly mark: Marks | undefined;
} {
  const parts = Object.entries(members).map(([name, member]) => [name, unmarkValue(member)] as const);
  const marks = parts.flatMap(([name, { mark }]) => (mark === undefined ? [] : [[name, mark] as const]));
  return {
    value: Object.fromEntries(parts.map(([name, { value }]) => [name, value])),
    mark: marks.length > 0 ? Object.fromEntries(marks) : undefined,
  };
}

/** Puts marks on a value of the same kind. Where it is another kind, all of it is marked. */
export function remark(value: unknown, mark: Mark | undefined): unknown {
  if (mark === undefined || value === undefined) return value;
  return typeof mark === "string" || !isRecord(value) ? secretValue(value) : remarkMembers(value, mark);
}

/** The same for properties. */
export function remarkMembers(properties: object, marks: Marks): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [
      name,
      remark(member, Object.hasOwn(marks, name) ? marks[name] : undefined),
    ]),
  );
}

/** The names that are secrets as a whole. */
export function secretsIn(marks: Marks): ReadonlySet<string> {
  return new Set(Object.keys(marks).filter((name) => marks[name] === "whole"));
}

/** Both; where one has all of a value, all of it. */
export function joined(one: Marks, other: Marks): Marks {
  const entries = Object.entries(other).filter(([name]) => one[name] !== "whole");
  return { ...one, ...Object.fromEntries(entries) };
}
