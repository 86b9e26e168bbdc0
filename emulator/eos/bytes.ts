import { createHash } from "node:crypto";
import { closeSync, copyFileSync, createReadStream, openSync, readSync, rmSync, writeSync } from "node:fs";
import { Readable } from "node:stream";
import type { Spool } from "./spool";

/** In memory, or the whole of a file. */
type Piece = Buffer | { readonly path: string; readonly length: number };

/** Bytes of a request or an object: in memory while they are few, in files where they are many. */
export class Bytes {
  #pieces: readonly Piece[];
  #md5: Buffer | undefined;

  /** @param md5 - Where it is known already. */
  constructor(pieces: readonly Piece[], md5?: Buffer) {
    this.#pieces = pieces;
    this.#md5 = md5;
  }

  get length(): number {
    return this.#pieces.reduce((sum, { length }) => sum + length, 0);
  }

  get md5(): Buffer {
    if (this.#md5 === undefined) {
      const hash = createHash("md5");
      for (const chunk of this.#chunks()) hash.update(chunk);
      this.#md5 = hash.digest();
    }
    return this.#md5;
  }

  /** All of them, in memory. */
  read(): Buffer {
    return Buffer.concat([...this.#chunks()]);
  }

  /** @param to - The last byte. */
  open(from = 0, to = this.length - 1): Readable {
    return Readable.from(parts(this.#pieces, from, to), { objectMode: false });
  }

  writeTo(path: string): void {
    const file = openSync(path, "w");
    try {
      for (const chunk of this.#chunks())
        for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    } finally {
      closeSync(file);
    }
  }

  /** The same bytes in files of their own. */
  copy(spool: Spool): Bytes {
    const pieces = this.#pieces.map((piece) => {
      if (Buffer.isBuffer(piece)) return piece;
      const path = spool.newFile();
      copyFileSync(piece.path, path);
      return { path, length: piece.length };
    });
    return new Bytes(pieces, this.#md5);
  }

  /** The same bytes, owned by who takes them: they go when the new owner lets them go. */
  take(): Bytes {
    const taken = new Bytes(this.#pieces, this.#md5);
    this.#pieces = [];
    return taken;
  }

  /** All of several, one after the other, taken from each. */
  static join(several: readonly Bytes[]): Bytes {
    return new Bytes(several.flatMap((one) => one.take().#pieces));
  }

  /** Removes the files they are in. */
  letGo(): void {
    for (const piece of this.take().#pieces) if (!Buffer.isBuffer(piece)) rmSync(piece.path, { force: true });
  }

  *#chunks(): Generator<Buffer> {
    for (const piece of this.#pieces) {
      if (Buffer.isBuffer(piece)) yield piece;
      else yield* chunksOfFile(piece.path);
    }
  }
}

function* chunksOfFile(path: string): Generator<Buffer> {
  const file = openSync(path, "r");
  try {
    for (;;) {
      const chunk = Buffer.alloc(1024 * 1024);
      const length = readSync(file, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

async function* parts(pieces: readonly Piece[], from: number, to: number): AsyncGenerator<Buffer> {
  let begin = 0;
  for (const piece of pieces) {
    const start = Math.max(0, from - begin);
    const end = Math.min(piece.length - 1, to - begin);
    begin += piece.length;
    if (start > end) continue;
    if (Buffer.isBuffer(piece)) yield piece.subarray(start, end + 1);
    else yield* createReadStream(piece.path, { start, end }) as AsyncIterable<Buffer>;
  }
}
