import { createCipheriv, createHash } from "node:crypto";
import { appendFileSync, closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

const pieceSize = 1_000_000;

/** Makes files as a built site has them: some pages, and assets with a hash in their names. No two are the same. */
export function makeFiles(project: string, count: number, bytes: number): void {
  mkdirSync(join(project, "files"));
  for (let n = 0; n < count; n += 1) {
    const path = join(project, "files", nameOf(n));
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, "w");
    // No program can make them smaller, as with images. The zeros of a stream cipher are its key stream.
    const noise = createCipheriv("chacha20", digest(n, 32), Buffer.alloc(16));
    for (let at = 0; at < bytes; at += pieceSize) {
      writeSync(file, noise.update(Buffer.alloc(Math.min(pieceSize, bytes - at))));
    }
    closeSync(file);
  }
}

/** Changes one of them. */
export function changeFile(project: string): void {
  appendFileSync(join(project, "files", nameOf(0)), "changed");
}

/** `assets/chunk-5feceb66.js`: 24 characters. Every twentieth is a page. */
function nameOf(n: number): string {
  const hash = digest(n, 4).toString("hex");
  return n % 20 === 1 ? `pages/${hash}/index.html` : `assets/chunk-${hash}.js`;
}

function digest(n: number, length: number): Buffer {
  return createHash("sha256").update(String(n)).digest().subarray(0, length);
}
