import { statSync } from "node:fs";
import { join } from "node:path";
import { megabytes } from "../../ens/text/megabytes";
import { quoted } from "../../ens/text/quoted";
import type { Entries } from "./entries";

/** What of a folder is not in its bucket yet, by name. */
export interface Differences {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  readonly unchanged: number;
}

export function differencesOf(before: Entries, now: Entries): Differences {
  // The engine passes them in any order.
  const names = Object.keys(now).sort();
  const isNew = (name: string) => !Object.hasOwn(before, name);
  const changed = names.filter((name) => !isNew(name) && before[name] !== now[name]);
  const added = names.filter(isNew);
  return {
    added,
    changed,
    gone: Object.keys(before)
      .filter((name) => !Object.hasOwn(now, name))
      .sort(),
    unchanged: names.length - added.length - changed.length,
  };
}

/** `12 new, 3 changed, 1 gone, 1184 unchanged (4.2 MB to upload): "a.html", "b.css"…`; empty where nothing differs. */
export function inWords(
  { added, changed, gone, unchanged }: Differences,
  { sizeOf, shown = (name) => name }: DifferencesShown,
): string {
  const names = [...added, ...changed, ...gone];
  if (names.length === 0) return "";
  const counts = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(gone.length > 0 ? [`${gone.length} gone`] : []),
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
  ];
  const toUpload = [...added, ...changed];
  const bytes = toUpload.reduce((sum, name) => sum + sizeOf(name), 0);
  const size = toUpload.length > 0 ? ` (${sizeText(bytes)} to upload)` : "";
  return `${counts.join(", ")}${size}: ${firstNames(names, shown)}`;
}

/** How names are shown, and how large the files are. */
interface DifferencesShown {
  sizeOf(name: string): number;
  /** Default: the name itself. */
  readonly shown?: (name: string) => string;
}

const mostNames = 5;

/** `"a.html", "b.css"…` */
export function firstNames(
  names: readonly string[],
  shown: (name: string) => string = (name) => name,
): string {
  const first = names.slice(0, mostNames).map((name) => quoted(shown(name)));
  return `${first.join(", ")}${names.length > mostNames ? "…" : ""}`;
}

/** 0 for a file that is gone by now. */
export function sizeNow(folder: string, name: string): number {
  return statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
}

/** `4.2 MB`, `12 KB`, `7 B` */
function sizeText(bytes: number): string {
  if (bytes >= 1e5) return `${megabytes(bytes)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} KB` : `${bytes} B`;
}

/** A folder in lines: `media-assets/site/`; of a bucket whose name is not known yet, `…/site/`. */
export function subjectOf(
  { bucketName, prefix }: { readonly bucketName?: unknown; readonly prefix?: unknown },
  shown: (value: string) => string,
): string {
  const bucket = typeof bucketName === "string" ? shown(bucketName) : "…";
  return `${bucket}/${typeof prefix === "string" ? shown(prefix) : ""}`;
}
