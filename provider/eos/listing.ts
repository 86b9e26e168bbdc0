import type { Fields, TextRule } from "../ens/fields";

/** A page of a listing. */
export interface Page<Item, Marker> {
  readonly items: readonly Item[];
  /** Where the next page begins, if there is one. */
  readonly next?: Marker;
  /** The end of the second in which it was listed, by the storage's clock, in milliseconds since 1970. */
  readonly listedAt: number;
}

/** Entries a page, and keys a deletion: the storage takes no more. */
export const pageSize = 1000;

/** Keys travel as in a URL, since XML cannot carry all of them. */
export const asInUrl = { "encoding-type": "url" };

/** Keys are the user's own, so a fault does not show them. */
export const keyText: TextRule = { expected: "a key", test: (text) => text !== "", secret: true };

const timeText: TextRule = { expected: "a time", test: (text) => !Number.isNaN(Date.parse(text)) };

const sizeText: TextRule = { expected: "a whole number", test: (text) => /^\d{1,15}$/.test(text) };

const flagText: TextRule = { expected: "true or false", test: (text) => /^(true|false)$/.test(text) };

export function readTime(fields: Fields, name: string): number {
  return Date.parse(fields.text(name, timeText));
}

/** A number of bytes. */
export function readSize(fields: Fields, name: string): number {
  return Number(fields.text(name, sizeText));
}

/** @param next - Where the next page begins; asked for where there is one. */
export function readPage<Item, Marker>(
  fields: Fields,
  items: readonly Item[],
  next: () => Marker,
): Page<Item, Marker> {
  const page = { items, listedAt: readTime(fields, "Date") + 999 };
  return fields.text("IsTruncated", flagText) === "true" ? { ...page, next: next() } : page;
}

/** The marker that an answer names, or else the last of its entries: the storage may leave it out where it is that. */
export function readMarker(fields: Fields, name: string, last: string | undefined): string {
  if (last === undefined) return fields.text(name, keyText);
  return fields.optionalText(name, keyText) ?? last;
}
