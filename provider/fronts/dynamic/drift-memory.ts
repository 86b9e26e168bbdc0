import { createHash } from "node:crypto";
import { isRecord } from "../../ens/is-record";
import type { Properties } from "../../lifecycle/lifecycle";

/**
 * States in which `read` found something moved, until Pulumi asks how much they matter: right after a read it calls
 * `diff` with the new outputs and the old inputs, and shows drift only where that says "changes". A dynamic provider
 * has no other way to say so (https://github.com/pulumi/pulumi/pull/18803 has how a refresh asks).
 */
export class DriftMemory {
  readonly #states: string[] = [];

  remember(state: Properties): void {
    this.#states.push(digestOf(state));
  }

  /** Whether a state is one with a drift that no `diff` has told yet; from then on it is not. */
  take(state: Properties): boolean {
    // Nothing has moved in most deployments, and then no state need be looked at.
    if (this.#states.length === 0) return false;
    const index = this.#states.indexOf(digestOf(state));
    if (index >= 0) this.#states.splice(index, 1);
    return index >= 0;
  }
}

/** The same for the same properties: the engine hands maps over in any order. */
function digestOf(state: Properties): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(state)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.entries(value)
    .map(([name, part]) => [name, sorted(part)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
