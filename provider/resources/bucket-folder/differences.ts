import { statSync } from "node:fs";
import { join } from "node:path";
import { quoted } from "../../ens/text/quoted";
import type { Entries } from "./properties";

/** What of a folder is not in its bucket yet, by name. */
export interface Differences {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  readonly unchanged: number;
}

export function differencesOf(before: Entries, now: Entries): Differences {
  const names = Object.keys(now);
  const isNew = (name: string) => !Object.hasOwn(before, name);
  const changed = names.filter((name) => !isNew(name) && before[name] !== now[name]);
  const added = names.filter(isNew);
  return {
    added,
    changed,
    gone: Object.keys(before).filter((name) => !Object.hasOwn(now, name)),
    unchanged: names.length - added.length - changed.length,
  };
}

const mostNames = 5;

/** `12 new, 3 changed, 1 gone, 1184 unchanged (4.2 MB to upload): "a.html", "b.css"…`; empty where nothing differs. */
export function inWords(
  { added, changed, gone, unchanged }: Differences,
  { path, prefix = "" }: { readonly path: string; readonly prefix?: string },
): string {
  const names = [...added, ...changed, ...gone];
  if (names.length === 0) return "";
  const counts = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(gone.length > 0 ? [`${gone.length} gone`] : []),
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
  ];
  const bytes = [...added, ...changed].reduce(
    (sum, name) => sum + sizeNow(join(path, name.slice(prefix.length))),
    0,
  );
  const first = names.slice(0, mostNames).map((name) => quoted(name));
  return `${counts.join(", ")} (${sizeText(bytes)} to upload): ${first.join(", ")}${names.length > mostNames ? "…" : ""}`;
}

/** 0 for a file that is gone by now. */
export function sizeNow(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** `4.2 MB`, `12 KB`, `7 B` */
function sizeText(bytes: number): string {
  if (bytes >= 1e5) return `${megabytes(bytes)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} KB` : `${bytes} B`;
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** A folder in lines: `media-assets/site/`. */
export function subjectOf(
  { bucketName, prefix }: { readonly bucketName?: unknown; readonly prefix?: unknown },
  shown: (value: string) => string,
): string {
  const part = (value: unknown) => (typeof value === "string" ? shown(value) : "");
  return `${part(bucketName)}/${part(prefix)}`;
}
