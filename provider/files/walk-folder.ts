import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { quoted } from "../ens/text/quoted";
import type { FileFault } from "./file-fault";
import { reasonOf } from "./file-fault";
import type { Glob } from "./globs";
import type { GuardedName } from "./guarded-names";
import { guardedFolder, guardedName } from "./guarded-names";

/** Which files of a folder are meant. */
export interface Selection {
  /** All, where it is left out. */
  readonly include?: readonly Glob[];
  readonly exclude: readonly Glob[];
}

/** The files of a folder before they are read. */
export interface FoundFiles {
  /** In any order. */
  readonly names: readonly string[];
  /** Where those really are that a link leads to, by name. */
  readonly paths: ReadonlyMap<string, string>;
  readonly leftOut: ReadonlySet<string>;
  readonly faults: readonly FileFault[];
  /** The globs of `exclude` that something fits. */
  readonly excluding: ReadonlySet<Glob>;
}

/** @param root - The folder's own path, without links. */
export async function walkFolder(
  root: string,
  selection: Selection,
  signal?: AbortSignal,
): Promise<FoundFiles> {
  const walk = new Walk(root, selection, signal);
  await walk.enter({ name: "", path: root, above: [] });
  return walk;
}

interface Folder {
  readonly name: string;
  /** Without links. */
  readonly path: string;
  /** The paths of the folders that led here. */
  readonly above: readonly string[];
}

class Walk implements FoundFiles {
  readonly names: string[] = [];
  readonly paths = new Map<string, string>();
  readonly leftOut = new Set<string>();
  readonly faults: FileFault[] = [];
  readonly excluding = new Set<Glob>();
  readonly #root: string;
  readonly #selection: Selection;
  readonly #signal: AbortSignal | undefined;

  constructor(root: string, selection: Selection, signal: AbortSignal | undefined) {
    this.#root = root;
    this.#selection = selection;
    this.#signal = signal;
  }

  async enter(folder: Folder): Promise<void> {
    this.#signal?.throwIfAborted();
    let entries: readonly Dirent[];
    let garbled: ReadonlySet<string>;
    try {
      entries = await readdir(folder.path, { withFileTypes: true });
      garbled = await garbledOf(entries, folder.path);
    } catch (error) {
      this.#fault(folder.name || ".", reasonOf(error));
      return;
    }
    for (const entry of entries) {
      const name = folder.name === "" ? entry.name : `${folder.name}/${entry.name}`;
      if (this.#isExcluded(name)) continue;
      const path = join(folder.path, entry.name);
      // Nothing is waited for where nothing has to be: a folder may have very many plain files.
      if (garbled.has(entry.name)) this.#refuseName(entry, name);
      else if (entry.isSymbolicLink()) await this.#follow(folder, name, path);
      else if (entry.isDirectory()) await this.#enterBelow(folder, name, path);
      else this.#look(entry, name, path);
    }
  }

  #refuseName(entry: Dirent, name: string): void {
    if (entry.isDirectory() || this.#isIncluded(name)) this.#fault(name, "its name is not valid UTF-8");
  }

  #look(entry: Dirent, name: string, path: string): void {
    if (!this.#isIncluded(name)) return;
    if (entry.isFile()) this.#take(name, path);
    else this.#fault(name, `it is ${kindOf(entry)}, which has no content to upload`);
  }

  async #follow(folder: Folder, name: string, path: string): Promise<void> {
    try {
      const target = await realpath(path);
      const targetName = this.#nameOf(target);
      const found = await stat(target);
      const isFolder = found.isDirectory();
      if (!isFolder && !this.#isIncluded(name)) return;
      if (targetName === undefined) {
        this.#fault(name, `it is a link that leads out of the folder, to ${quoted(target)}`);
      } else if (this.#leaves(name, targetName, isFolder)) {
        return;
      } else if (isFolder) {
        await this.#enterBelow(folder, name, target);
      } else if (found.isFile()) {
        this.#take(name, target);
      } else {
        this.#fault(name, `it is a link to ${kindOf(found)}, which has no content to upload`);
      }
    } catch (error) {
      const reason = reasonOfLink(error);
      if (this.#isIncluded(name)) this.#fault(name, reason);
    }
  }

  /** Whether a link leads to what is left out under its own name. */
  #leaves(name: string, targetName: string, isFolder: boolean): boolean {
    const { include = [] } = this.#selection;
    const guarded = isFolder ? guardedFolder(targetName, include) : guardedName(targetName, include);
    if (guarded === undefined) return false;
    this.#leaveOut({ name, isTold: guarded.isTold }, isFolder);
    return true;
  }

  async #enterBelow(folder: Folder, name: string, path: string): Promise<void> {
    const above = [...folder.above, folder.path];
    if (above.includes(path)) {
      this.#fault(name, "it is a link to a folder that it is in itself, so there is no end to it");
      return;
    }
    const guarded = guardedFolder(name, this.#selection.include ?? []);
    if (guarded === undefined) await this.enter({ name, path, above });
    else if (this.#isIncluded(`${name}/any`)) this.#leaveOut(guarded, true);
  }

  #take(name: string, path: string): void {
    const guarded = guardedName(name, this.#selection.include ?? []);
    if (guarded !== undefined) {
      this.#leaveOut(guarded, guarded.name !== name);
      return;
    }
    this.names.push(name);
    if (path !== join(this.#root, name)) this.paths.set(name, path);
  }

  #leaveOut({ name, isTold }: GuardedName, isFolder: boolean): void {
    if (isTold) this.leftOut.add(isFolder ? `${name}/` : name);
  }

  #fault(name: string, reason: string): void {
    this.faults.push({ name, reason });
  }

  #isIncluded(name: string): boolean {
    const { include } = this.#selection;
    return include === undefined || include.some((glob) => glob.matches(name));
  }

  #isExcluded(name: string): boolean {
    let isExcluded = false;
    for (const glob of this.#selection.exclude) {
      if ((isExcluded && this.excluding.has(glob)) || !glob.covers(name)) continue;
      this.excluding.add(glob);
      isExcluded = true;
    }
    return isExcluded;
  }

  /** The name of what is in the folder; `undefined` for what is not. */
  #nameOf(path: string): string | undefined {
    const way = relative(this.#root, path);
    if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
    return way.replaceAll(sep, "/");
  }
}

/** The names in a folder that are not UTF-8, as on Linux they may be: a text of them leads nowhere. */
async function garbledOf(entries: readonly Dirent[], path: string): Promise<ReadonlySet<string>> {
  // It stands for what is no text, but a name may also have it.
  const isSuspect = entries.some(({ name }) => name.includes("\ufffd"));
  const names = isSuspect ? await readdir(path, { encoding: "buffer" }) : [];
  const isGarbled = (name: Buffer) => !Buffer.from(name.toString()).equals(name);
  return new Set(names.filter(isGarbled).map(String));
}

function reasonOfLink(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return "it is a link that leads nowhere";
  if (code === "ELOOP") return "it is a link that leads back to itself";
  return reasonOf(error);
}

type Kind = Pick<Dirent, "isSocket" | "isFIFO" | "isBlockDevice" | "isCharacterDevice">;

function kindOf(entry: Kind): string {
  if (entry.isSocket()) return "a socket";
  if (entry.isFIFO()) return "a FIFO";
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return "a device";
  return "not a file";
}
