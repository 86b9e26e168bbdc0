import type { Change, Path } from "../changed-places";
import { changesIn } from "../changed-places";
import type { WireProperties } from "./wire-properties";

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
