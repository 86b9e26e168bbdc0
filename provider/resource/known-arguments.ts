import * as pulumi from "@pulumi/pulumi";
import { ProgramError } from "../ens/errors";
import { didYouMean } from "../ens/text/nearest-name";
import { printable } from "../ens/text/printable";

/** All arguments by name. The compiler sees where one is missing. */
export type ArgumentNames<Args> = { readonly [Name in keyof Args]-?: true };

/**
 * The arguments of a constructor or a function, as the program gave them. Programs in JavaScript can give anything, and
 * TypeScript lets objects with more pass; an argument with a wrong name would have no effect.
 *
 * @param subject - What they were given to: `PreparedUpload "media"`.
 * @throws ProgramError
 */
export function knownArguments<Args extends object>(
  subject: string,
  args: Args | undefined,
  names: ArgumentNames<Args>,
): Args {
  const given: unknown = args ?? {};
  const known = Object.keys(names);
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  if (!isObject || pulumi.Output.isInstance(given) || given instanceof Promise) {
    throw new ProgramError({ what: `The arguments of ${subject} are not an object.`, remedy: list(known) });
  }
  requireKnown(subject, given, known);
  return given as Args;
}

/** @throws ProgramError for an argument that there is not; one that is undefined is as good as left out */
export function requireKnown(subject: string, args: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || known.includes(name)) continue;
    throw new ProgramError({
      what: `${subject} has no argument ${printable(name, 100)}${didYouMean(name, known) || "."}`,
      remedy: list(known),
    });
  }
}

function list(known: readonly string[]): string {
  return known.length === 1 ? `Its only argument is ${known[0]}.` : `Its arguments are ${known.join(", ")}.`;
}
