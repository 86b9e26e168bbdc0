import { createHash } from "node:crypto";
import type { Entries } from "./entries";
import { entriesIn, entriesText } from "./entries";
import { etagOf } from "./entry";
import type { BucketFolderInputs, BucketFolderState } from "./properties";

/** What the bucket has of a folder, while it is brought to what the folder has. */
export class Reached {
  readonly #inputs: BucketFolderInputs;
  readonly #wanted: Entries;
  readonly #files = new Map<string, string>();
  readonly #partEtags: Map<string, string>;
  readonly #leftover: Set<string>;

  constructor(inputs: BucketFolderInputs, before: BucketFolderState | undefined) {
    this.#inputs = inputs;
    this.#wanted = entriesIn(inputs.files);
    this.#partEtags = new Map();
    const { prefix = "" } = inputs;
    const nameOf = (key: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : undefined);
    const leftover = new Set(before?.leftover);
    for (const [name, entry] of Object.entries(before === undefined ? {} : entriesIn(before.files))) {
      const key = `${before?.prefix ?? ""}${name}`;
      const now = nameOf(key);
      if (now === undefined || !Object.hasOwn(this.#wanted, now)) {
        leftover.add(key);
        continue;
      }
      this.#files.set(now, entry);
      const etag = before?.partEtags?.[name];
      if (etag !== undefined) this.#partEtags.set(now, etag);
    }
    // What was to be deleted may be wanted again.
    const isWanted = (key: string) => Object.hasOwn(this.#wanted, nameOf(key) ?? "");
    this.#leftover = new Set([...leftover].filter((key) => !isWanted(key)));
  }

  /** The names of the files that the bucket does not have, or not as they are now. */
  get missing(): readonly string[] {
    return Object.keys(this.#wanted)
      .filter((name) => this.#files.get(name) !== this.#wanted[name])
      .sort();
  }

  /** Keys of own objects that no file is for any more. */
  get leftover(): readonly string[] {
    return [...this.#leftover];
  }

  get isNothing(): boolean {
    return this.#files.size === 0 && this.#leftover.size === 0;
  }

  /** The entry of a file that is to be put. */
  wanted(name: string): string {
    return this.#wanted[name] ?? "";
  }

  sent(name: string, etag: string): void {
    const entry = this.wanted(name);
    this.#files.set(name, entry);
    if (etag === etagOf(entry)) this.#partEtags.delete(name);
    else this.#partEtags.set(name, etag);
  }

  deleted(keys: readonly string[]): void {
    for (const key of keys) this.#leftover.delete(key);
  }

  get state(): BucketFolderState {
    return {
      ...this.#inputs,
      ...countAndDigest(Object.fromEntries(this.#files)),
      ...(this.#partEtags.size > 0 ? { partEtags: Object.fromEntries(this.#partEtags) } : {}),
      ...(this.#leftover.size > 0 ? { leftover: [...this.#leftover] } : {}),
    };
  }
}

/** Files, and what follows from them. */
export function countAndDigest(entries: Entries): Pick<BucketFolderState, "files" | "fileCount" | "digest"> {
  const files = entriesText(entries);
  const digest = createHash("sha256").update(files).digest("hex").slice(0, 32);
  return { files, fileCount: Object.keys(entries).length, digest };
}
