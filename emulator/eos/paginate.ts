import type { ObjectInfo } from "./object-store";

interface Page {
  readonly contents: readonly ObjectInfo[];
  readonly prefixes: ReadonlySet<string>;
  /** The last key or prefix of the page, when there are more. */
  readonly next?: string;
}

/** A page of a listing: what begins with `prefix` and comes after `after`. */
export function paginate(
  all: readonly ObjectInfo[],
  {
    prefix,
    delimiter,
    after,
    maxKeys,
  }: { prefix: string; delimiter: string; after: string; maxKeys: number },
): Page {
  const contents: ObjectInfo[] = [];
  const prefixes = new Set<string>();
  let last = "";
  for (const info of all) {
    if (!info.key.startsWith(prefix)) continue;
    const end = delimiter === "" ? -1 : info.key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? info.key : info.key.slice(0, end + delimiter.length);
    if (name <= after || prefixes.has(name)) continue;
    if (contents.length + prefixes.size === maxKeys) return { contents, prefixes, next: last };
    if (end < 0) contents.push(info);
    else prefixes.add(name);
    last = name;
  }
  return { contents, prefixes };
}
