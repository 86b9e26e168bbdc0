import { readdirSync } from "node:fs";
import { create } from "tar";

/** Packs what is in a folder, the same bytes each time. */
export async function pack(folder: string, archive: string): Promise<void> {
  const always = { gzip: { level: 9, portable: true }, portable: true, mtime: new Date(0) };
  await create({ ...always, cwd: folder, file: archive }, readdirSync(folder).sort());
}
