import { closeSync, constants, createReadStream, openSync, readSync } from "node:fs";
import { Readable } from "node:stream";
import type { ShortMd5 } from "./md5";
import { base64Md5 } from "./md5";
import type { Pace } from "./pace";

/** Bytes of a file; the end counts. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** What an object is made of. It is opened again for each attempt, and never held in memory. */
export interface FileContent {
  /** In bytes. */
  readonly size: number;
  /** In base64, as `Content-MD5` has it. */
  readonly md5?: string;
  /** @param range - The first and the last byte of a part, counted from 0. Default: all of it. */
  open(range?: Range): Readable;
}

const readAtOnce = 256 * 1024;

/** Up to this size, a file is read on the spot where that is quick, in bytes. */
const small = 64 * 1024;

/**
 * The content of a file that was looked at before. Of a file that has grown since, it gives no more than `size` bytes; of
 * one that has shrunk, fewer.
 *
 * @param pace - That of many small files. Default: none is read on the spot.
 */
export function fileContent(path: string, size: number, md5?: ShortMd5, pace?: Pace): FileContent {
  return {
    size,
    ...(md5 !== undefined && { md5: base64Md5(md5) }),
    open: (range = { start: 0, end: size - 1 }) =>
      range.end < range.start
        ? Readable.from([], { objectMode: false })
        : (onTheSpot(path, range, pace) ?? createReadStream(path, { ...range, highWaterMark: readAtOnce })),
  };
}

/** `undefined` where it is not small, not quick, or fails: the stream then says why. */
function onTheSpot(path: string, { start, end }: Range, pace: Pace | undefined): Readable | undefined {
  const length = end + 1 - start;
  if (length > small) return undefined;
  try {
    const bytes = pace?.onTheSpot(() => readRange(path, start, length));
    return bytes && Readable.from([bytes], { objectMode: false });
  } catch {
    return undefined;
  }
}

function readRange(path: string, start: number, length: number): Buffer {
  // What takes the file's place may be a FIFO, which would otherwise block until somebody writes to it.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, start));
  } finally {
    closeSync(file);
  }
}
