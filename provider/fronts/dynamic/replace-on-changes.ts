import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../ens/is-record";
import { unknownValue } from "../../lifecycle/unknown-value";
import type { WireProperties } from "./wire-properties";

/** Where a value stands in properties: names of members, and numbers of places in lists. */
type Path = readonly (string | number)[];

/**
 * Those of the changed inputs that the option `replaceOnChanges` names. Pulumi knows which resources have the option, but
 * a dynamic provider cannot say which inputs have changed, so Pulumi has nothing to compare the option with
 * (https://github.com/pulumi/pulumi/pull/7226 brought the option; 3.216 to 3.270). The program hands it over, and this
 * compares as Pulumi does.
 */
export function inputsToReplaceFor(
  changed: readonly string[],
  { properties: olds }: WireProperties,
  { properties: news, replaceOnChanges }: WireProperties,
): string[] {
  const named = replaceOnChanges.map(pathOf);
  if (named.length === 0) return [];
  return changed.filter((name) =>
    changesIn([name], olds[name], news[name]).some((change) => named.some((path) => contains(path, change))),
  );
}

/** A place that has changed; in a preview, all below it may have. */
interface Change {
  readonly path: Path;
  readonly isUnknown: boolean;
}

/** The places that differ, as deep inside as both have the same kind of value. */
function changesIn(path: Path, old: unknown, now: unknown): Change[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (Array.isArray(old) && Array.isArray(now)) {
    const longer = old.length > now.length ? old : now;
    return longer.flatMap((_, index) => changesIn([...path, index], old[index], now[index]));
  }
  if (isRecord(old) && isRecord(now)) {
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...names].flatMap((name) => changesIn([...path, name], old[name], now[name]));
  }
  return [{ path, isUnknown: old === unknownValue || now === unknownValue }];
}

/** `*` stands for any name or number, and a path for all that is below it. */
function contains(named: Path, { path, isUnknown }: Change): boolean {
  if (named.length > path.length && !isUnknown) return false;
  return named.every((part, index) => index >= path.length || part === "*" || part === path[index]);
}

/** `clientIps.berlin`, `clientIps["eu.west"]`, `triggers[0]`, `*`. Pulumi itself refuses what is no path. */
function pathOf(text: string): Path {
  const parts = text.matchAll(/\["((?:\\"|[^"])*)"\]|\[(\d+)\]|\[(\*)\]|([^.[\]]+)/g);
  return [...parts].map(([, quoted, index, any, name]) =>
    index !== undefined ? Number(index) : (quoted?.replaceAll('\\"', '"') ?? any ?? name ?? ""),
  );
}
