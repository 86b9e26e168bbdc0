import { createHash } from "node:crypto";
import type { FileOption } from "../../files/match-options";
import { matchOptions } from "../../files/match-options";
import type { ShortMd5 } from "../../files/md5";
import { hexMd5 } from "../../files/md5";

const md5Digits = 22;

/** Long enough to tell the headers of one file before and after a change. */
const headerDigits = 4;

/**
 * A file as inputs and state have it, as short as can be, since there may be thousands: its MD5, and where the program
 * gives it headers a few digits of their hash. A type that follows from the name is not among them.
 */
export function entryOf(name: string, md5: ShortMd5, fileOptions: readonly FileOption[] = []): string {
  const { metadata, ...others } = matchOptions(fileOptions, name);
  const headers = { ...others, ...(metadata !== undefined ? { metadata: inOrder(metadata) } : {}) };
  if (Object.keys(headers).length === 0) return md5;
  const hash = createHash("sha256")
    .update(JSON.stringify(inOrder(headers)))
    .digest("base64url");
  return `${md5}${hash.slice(0, headerDigits)}`;
}

/** The engine passes members in any order. */
function inOrder(object: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The MD5 of an entry. */
export function md5Of(entry: string): ShortMd5 {
  return entry.slice(0, md5Digits);
}

/** Begins the entry of content that others have put: it equals that of no file. */
const foreign = "? ";

export function foreignEntry(etag: string): string {
  return `${foreign}${etag}`;
}

/** The ETag that an object has, unless it was uploaded in parts. */
export function etagOf(entry: string): string {
  return entry.startsWith(foreign) ? entry.slice(foreign.length) : hexMd5(md5Of(entry));
}
