import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import {
  closeSync,
  constants,
  fstatSync,
  open as openCallback,
  openSync,
  read as readCallback,
  readSync,
} from "node:fs";
import { promisify } from "node:util";
import { ChangedFileError } from "./file-fault";
import type { ShortMd5 } from "./md5";
import { shortMd5 } from "./md5";

/** What a file holds. */
export interface FileDigest {
  /** In bytes. */
  readonly size: number;
  readonly md5: ShortMd5;
}

const open = promisify(openCallback);
const read = promisify(readCallback);

// A FIFO that took the file's place a moment ago would otherwise block until somebody writes to it.
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads a small file on the spot; `undefined` where it is not small, or changed. */
export function digestSmallFile(path: string, buffer: Buffer): FileDigest | undefined {
  const file = openSync(path, readOnly);
  try {
    const before = fstatSync(file);
    if (!before.isFile() || before.size >= buffer.length) return undefined;
    const { size } = before;
    const bytesRead = readSync(file, buffer, 0, size + 1, 0);
    if (bytesRead !== size || !isUnchanged(before, fstatSync(file))) return undefined;
    return { size, md5: shortMd5(createHash("md5").update(buffer.subarray(0, size)).digest()) };
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a file, and reads it once more where it changed in the meantime.
 *
 * @param buffer - Where it is read into, a piece at a time.
 * @throws ChangedFileError where it changed again; what the system says; the signal's reason.
 */
export async function digestFile(path: string, buffer: Buffer, signal?: AbortSignal): Promise<FileDigest> {
  const digest = (await readOnce(path, buffer, signal)) ?? (await readOnce(path, buffer, signal));
  if (digest === undefined) throw new ChangedFileError();
  return digest;
}

/** `undefined` where the file changed. */
async function readOnce(
  path: string,
  buffer: Buffer,
  signal: AbortSignal | undefined,
): Promise<FileDigest | undefined> {
  const file = await open(path, readOnly);
  // Of an open file, these two wait for nothing; through the pool of threads they would cost more than to read it.
  try {
    const before = fstatSync(file);
    if (!before.isFile()) return undefined;
    const hash = createHash("md5");
    const { size } = before;
    let position = 0;
    // A byte more than it should have, so that a file that grows is found out, and one that always grows ends.
    while (position <= size) {
      signal?.throwIfAborted();
      const length = Math.min(buffer.length, size + 1 - position);
      const { bytesRead } = await read(file, buffer, 0, length, position);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    const isSame = position === size && isUnchanged(before, fstatSync(file));
    return isSame ? { size, md5: shortMd5(hash.digest()) } : undefined;
  } finally {
    closeSync(file);
  }
}

function isUnchanged(before: Stats, after: Stats): boolean {
  return before.size === after.size && before.mtimeMs === after.mtimeMs;
}
