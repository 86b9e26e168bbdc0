import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./paths";

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What is installed, by its folder: `node_modules/ali-oss/node_modules/xml2js`. */
const packages: Readonly<Record<string, LockedPackage | undefined>> =
  require("../../package-lock.json").packages;

/**
 * A package and all that it needs: a folder for each, by name and version. Of several copies of the same there is one, as
 * where a user installs it; in a checkout older versions for developers are in their place.
 */
export function treeOf(name: string): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  const open = [folderOf(name, "")];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const { version, dependencies, optionalDependencies } = packages[folder] ?? {};
    const key = `${folder.replace(/.*node_modules\//, "")}@${version}`;
    if (tree.has(key)) continue;
    tree.set(key, folder);
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      open.push(folderOf(needed, folder));
    }
  }
  return tree;
}

/** Where Node finds a package for code in `from`. */
function folderOf(name: string, from: string): string {
  const folder = join(from, "node_modules", name);
  if (packages[folder] !== undefined) return folder;
  if (from === "") throw new Error(`${name} is not in package-lock.json.`);
  return folderOf(name, from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1)));
}

/** What the files of packages have together, in MB. */
export function megabytesOf(folders: readonly string[]): number {
  return folders.reduce((sum, folder) => sum + bytesIn(join(checkout, folder)), 0) / 1e6;
}

/** Packages inside it are counted by themselves. */
function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== "node_modules");
  return entries.reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesIn(path) : statSync(path).size);
  }, 0);
}
