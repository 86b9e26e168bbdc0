import { isDeepStrictEqual } from "node:util";
import { pathTo } from "../../ens/text/path-to";
import type { Properties } from "../../lifecycle/lifecycle";
import type { Path } from "../changed-places";
import { changesIn } from "../changed-places";

/** A place that differs, as the engine shows it. */
export interface ShownChange {
  readonly path: string;
  readonly kind: "added" | "deleted" | "updated";
  /** Whether the program's inputs are compared; otherwise the inputs are, with what the resource is now. */
  readonly ofInputs: boolean;
}

interface Compared {
  readonly oldInputs: Properties;
  readonly olds: Properties;
  readonly news: Properties;
}

/** Where an input that differs does so. */
export function placesOf(name: string, { oldInputs, olds, news }: Compared): ShownChange[] {
  const ofInputs = !isDeepStrictEqual(oldInputs[name] ?? undefined, news[name] ?? undefined);
  const isInput = ofInputs || (news[name] ?? undefined) !== undefined;
  const before = ofInputs ? oldInputs[name] : olds[name];
  const changes = isInput ? changesIn([name], before, news[name]) : [];
  if (changes.length === 0) return [{ path: name, kind: "updated", ofInputs }];
  return changes.map(({ path, kind }) => ({ path: textOf(path), kind, ofInputs }));
}

function textOf([name = "", ...rest]: Path): string {
  return `${name}${rest.map((part) => (typeof part === "number" ? `[${part}]` : pathTo(part))).join("")}`;
}
