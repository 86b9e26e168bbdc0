import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { ShortMd5 } from "./md5";
import { base64Md5 } from "./md5";

/** What an object is made of. It is opened again for each attempt, and never held in memory. */
export interface FileContent {
  /** In bytes. */
  readonly size: number;
  /** In base64, as `Content-MD5` has it. */
  readonly md5?: string;
  /** @param range - The first and the last byte of a part, counted from 0. Default: all of it. */
  open(range?: { readonly start: number; readonly end: number }): Readable;
}

const readAtOnce = 256 * 1024;

/**
 * The content of a file that was looked at before. Of a file that has grown since, it gives no more than `size` bytes; of
 * one that has shrunk, fewer.
 */
export function fileContent(path: string, size: number, md5?: ShortMd5): FileContent {
  return {
    size,
    ...(md5 !== undefined && { md5: base64Md5(md5) }),
    open: (range = { start: 0, end: size - 1 }) =>
      range.end < range.start
        ? Readable.from([], { objectMode: false })
        : createReadStream(path, { ...range, highWaterMark: readAtOnce }),
  };
}
