import { createHash } from "node:crypto";
import { etagOf } from "./entry";
import type { BucketFolderInputs, BucketFolderState } from "./properties";

/** What the bucket has of a folder, while it is brought to what the folder has. */
export class Reached {
  readonly #wanted: BucketFolderInputs;
  readonly #files = new Map<string, string>();
  readonly #partEtags: Map<string, string>;
  readonly #leftover: Set<string>;

  constructor(wanted: BucketFolderInputs, before: BucketFolderState | undefined) {
    this.#wanted = wanted;
    this.#partEtags = new Map();
    const { prefix = "" } = wanted;
    const nameOf = (key: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : undefined);
    const leftover = new Set(before?.leftover);
    for (const [name, entry] of Object.entries(before?.files ?? {})) {
      const key = `${before?.prefix ?? ""}${name}`;
      const now = nameOf(key);
      if (now === undefined || !Object.hasOwn(wanted.files, now)) {
        leftover.add(key);
        continue;
      }
      this.#files.set(now, entry);
      const etag = before?.partEtags?.[name];
      if (etag !== undefined) this.#partEtags.set(now, etag);
    }
    // What was to be deleted may be wanted again.
    const isWanted = (key: string) => Object.hasOwn(wanted.files, nameOf(key) ?? "");
    this.#leftover = new Set([...leftover].filter((key) => !isWanted(key)));
  }

  /** The names of the files that the bucket does not have, or not as they are now. */
  get missing(): readonly string[] {
    return Object.keys(this.#wanted.files)
      .filter((name) => this.#files.get(name) !== this.#wanted.files[name])
      .sort();
  }

  /** Keys of own objects that no file is for any more. */
  get leftover(): readonly string[] {
    return [...this.#leftover];
  }

  get isNothing(): boolean {
    return this.#files.size === 0 && this.#leftover.size === 0;
  }

  sent(name: string, etag: string): void {
    const entry = this.#wanted.files[name] ?? "";
    this.#files.set(name, entry);
    if (etag === etagOf(entry)) this.#partEtags.delete(name);
    else this.#partEtags.set(name, etag);
  }

  deleted(keys: readonly string[]): void {
    for (const key of keys) this.#leftover.delete(key);
  }

  get state(): BucketFolderState {
    const files = Object.fromEntries([...this.#files].sort(([one], [other]) => (one < other ? -1 : 1)));
    return {
      ...this.#wanted,
      ...countAndDigest(files),
      ...(this.#partEtags.size > 0 ? { partEtags: Object.fromEntries(this.#partEtags) } : {}),
      ...(this.#leftover.size > 0 ? { leftover: [...this.#leftover] } : {}),
    };
  }
}

/** Files, and what follows from them. */
export function countAndDigest(
  files: BucketFolderState["files"],
): Pick<BucketFolderState, "files" | "fileCount" | "digest"> {
  const entries = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
  const digest = createHash("sha256").update(JSON.stringify(entries)).digest("hex").slice(0, 32);
  return { files, fileCount: entries.length, digest };
}
