import { renameSync, writeFileSync } from "node:fs";

/** Writes a file at once: who reads it finds the old content or the new one. */
export function replaceFile(path: string, content: Buffer | string): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}
