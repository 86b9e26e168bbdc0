import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FileDigest } from "./digest-file";
import { digestFile, digestSmallFile } from "./digest-file";
import type { FileFault } from "./file-fault";
import { reasonOf } from "./file-fault";
import { globOf } from "./globs";
import { keyMistake } from "./key-mistake";
import { Pace } from "./pace";
import type { UnusedGlobs } from "./unused-globs";
import { unusedGlobs } from "./unused-globs";
import { walkFolder } from "./walk-folder";

/** Which files are read. */
export interface FolderOptions {
  /** Globs. Default: all files. */
  readonly include?: readonly string[];
  /** Globs; one that matches a folder leaves out everything in it. */
  readonly exclude?: readonly string[];
  /** What keys begin with, before the file's name. */
  readonly prefix?: string;
  /** Ends the reading: it then fails with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What is in a folder. */
export interface FolderContent {
  /** Whether there is something at the path, and a folder. */
  readonly found: "folder" | "nothing" | "no folder";
  /** By name relative to the folder, with `/`, in order. Folders without files are nothing. */
  readonly files: ReadonlyMap<string, FileDigest>;
  /** Names that are left out for safety, folders with `/` at the end. */
  readonly leftOut: readonly string[];
  /** Files that cannot be objects, in order. The folder itself is `.`. */
  readonly faults: readonly FileFault[];
  readonly unused: UnusedGlobs;
}

/** How many files are open at once. Node reads with four threads, so more would only wait. */
const readers = 8;

/** How much each reader holds in memory. */
const readAtOnce = 256 * 1024;

/**
 * Reads every file in a folder, and what is wrong with any of them.
 *
 * @param path - Of the folder; it may be a link to one.
 * @throws the signal's reason, and Error where a glob has a mistake
 */
export async function readFolder(path: string, options: FolderOptions = {}): Promise<FolderContent> {
  const { include, exclude = [], prefix = "", signal } = options;
  const selection = { ...(include && { include: include.map(globOf) }), exclude: exclude.map(globOf) };
  const nothing = { files: new Map(), leftOut: [], faults: [], unused: { include: [], exclude: [] } };
  let root: string;
  try {
    root = await realpath(path);
    if (!(await stat(root)).isDirectory()) return { ...nothing, found: "no folder" };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { ...nothing, found: "nothing" };
    return { ...nothing, found: "folder", faults: [{ name: ".", reason: reasonOf(error) }] };
  }
  const walked = await walkFolder(root, selection, signal);
  const names = walked.names.toSorted();
  const faults = [...walked.faults, ...badNames(names, prefix)];
  const bad = new Set(faults.map(({ name }) => name));
  const digested = await digestAll(
    names.filter((name) => !bad.has(name)),
    (name) => walked.paths.get(name) ?? join(root, name),
    signal,
  );
  return {
    found: "folder",
    files: digested.files,
    leftOut: [...walked.leftOut].sort(),
    faults: [...faults, ...digested.faults].sort((one, other) => (one.name < other.name ? -1 : 1)),
    unused: unusedGlobs(selection, walked),
  };
}

/** Names that no object can have, and those that look the same. */
function badNames(names: readonly string[], prefix: string): readonly FileFault[] {
  const first = new Map<string, string>();
  return names.flatMap((name): FileFault[] => {
    const mistake = keyMistake(prefix + name);
    if (mistake !== undefined) return [{ name, reason: `EOS needs a key that ${mistake}` }];
    // A page that asks for one of the two would get the other, or nothing, and nobody could see why.
    const composed = name.normalize("NFC");
    if (!first.has(composed)) {
      first.set(composed, name);
      return [];
    }
    return [
      { name, reason: "another file's name looks the same, and has its accents written in another way" },
    ];
  });
}

/** Reads some at a time. */
async function digestAll(
  names: readonly string[],
  pathOf: (name: string) => string,
  signal: AbortSignal | undefined,
): Promise<Pick<FolderContent, "files" | "faults">> {
  const digests: FileDigest[] = [];
  const faults: FileFault[] = [];
  const waiting = names.entries();
  const pace = new Pace();
  // What is read on the spot is over before another reader goes on.
  const shared = Buffer.allocUnsafeSlow(readAtOnce);
  const reader = async () => {
    let own: Buffer | undefined;
    const read = (path: string) => {
      own ??= Buffer.allocUnsafeSlow(readAtOnce);
      return digestFile(path, own, signal);
    };
    for (const [index, name] of waiting) {
      await pace.pause();
      signal?.throwIfAborted();
      const path = pathOf(name);
      try {
        digests[index] = pace.onTheSpot(() => digestSmallFile(path, shared)) ?? (await read(path));
      } catch (error) {
        faults.push({ name, reason: reasonOf(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(readers, names.length) }, reader));
  // Readers end in any order.
  const files = new Map<string, FileDigest>();
  for (const [index, name] of names.entries()) {
    const digest = digests[index];
    if (digest !== undefined) files.set(name, digest);
  }
  return { files, faults };
}
