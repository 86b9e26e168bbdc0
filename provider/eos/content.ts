import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { codeOf } from "../ens/code-of";

/** A part of a content: the first and the last of its bytes, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What an object is made of. It is opened again for each attempt, and never held in memory. */
export interface Content {
  /** In bytes. */
  readonly size: number;
  /** In base64. What comes with another one is refused. */
  readonly md5?: string;
  /** @param range - Default: all of it. */
  open(range?: ByteRange): Readable;
}

export function bytesContent(bytes: Buffer): Content {
  return {
    size: bytes.length,
    md5: createHash("md5").update(bytes).digest("base64"),
    open: ({ start, end } = { start: 0, end: bytes.length - 1 }) =>
      Readable.from([bytes.subarray(start, end + 1)], { objectMode: false }),
  };
}

/** What to do where a content could not be sent. */
export const contentRemedy = "Run the command again when it can be read and nothing writes to it any more.";

/** Why a content could not be sent, in words. Another attempt does not help. */
export class ContentFault extends Error {
  static changed(how = "it is not what it was when it was looked at"): ContentFault {
    return new ContentFault(`its content changed while it was sent: ${how}`);
  }

  static unreadable(error: unknown): ContentFault {
    // The system's words name the file with its folder, which may be a secret.
    const why = codeOf(error) ?? (error instanceof Error ? error.message : String(error));
    return new ContentFault(`its content could not be read (${why})`, { cause: error });
  }
}
