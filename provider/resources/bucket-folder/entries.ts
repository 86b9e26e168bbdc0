import type { TextRule } from "../../ens/fields";
import { isRecord } from "../../ens/is-record";

/** An entry for each file by its name, see `entry.ts`. */
export type Entries = Readonly<Record<string, string>>;

/**
 * Entries as inputs and state hold them: as JSON in one text. To pass an object with a member for each of many files, the
 * engine and the processes of Pulumi take several times as long and as much memory, and it shows JSON as an object.
 */
export function entriesText(entries: Entries): string {
  const names = Object.keys(entries).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(entries[name])}`).join(",")}}`;
}

/** None, where the text is no such JSON; `entriesRule` tells. */
export function entriesIn(text: unknown): Entries {
  return read(text) ?? {};
}

/** It is not quoted in a fault, since it is long. */
export const entriesRule: TextRule = {
  expected: "the files with their MD5, as JSON",
  test: (text) => read(text) !== undefined,
  secret: true,
};

function read(text: unknown): Entries | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return isEntries(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntries(value: unknown): value is Entries {
  return isRecord(value) && Object.values(value).every((entry) => typeof entry === "string");
}
