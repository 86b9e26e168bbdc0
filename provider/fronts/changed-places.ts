import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../ens/is-record";
import { unknownValue } from "../lifecycle/unknown-value";

/** Where a value stands in properties: names of members, and numbers of places in lists. */
export type Path = readonly (string | number)[];

/** A place that has changed; in a preview, all below it may have. */
export interface Change {
  readonly path: Path;
  readonly isUnknown: boolean;
  readonly kind: "added" | "deleted" | "updated";
}

/** The places that differ, as deep inside as both have the same kind of value. */
export function changesIn(path: Path, old: unknown, now: unknown): Change[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (Array.isArray(old) && Array.isArray(now)) {
    const longer = old.length > now.length ? old : now;
    return longer.flatMap((_, index) => changesIn([...path, index], old[index], now[index]));
  }
  if (isRecord(old) && isRecord(now)) {
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...names].flatMap((name) => changesIn([...path, name], old[name], now[name]));
  }
  const kind = isMissing(old) ? "added" : isMissing(now) ? "deleted" : "updated";
  return [{ path, isUnknown: old === unknownValue || now === unknownValue, kind }];
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
