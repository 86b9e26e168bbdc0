import { createHash } from "node:crypto";
import { isRecord } from "../../ens/is-record";
import type { Properties } from "../../lifecycle/lifecycle";

/**
 * Remembers the states in which `read` found something moved, for the `diff` that follows. Right after a read, Pulumi
 * calls `diff` with the new outputs and the old inputs, and shows drift only where that says "changes". A dynamic
 * provider cannot report drift in another way (https://github.com/pulumi/pulumi/pull/18803 shows how a refresh asks).
 */
export class DriftMemory {
  readonly #states: string[] = [];

  remember(state: Properties): void {
    this.#states.push(digestOf(state));
  }

  /** Whether a state has drift that no `diff` has reported yet. Forgets it. */
  take(state: Properties): boolean {
    // In most deployments nothing has moved, and then no digest is needed.
    if (this.#states.length === 0) return false;
    const index = this.#states.indexOf(digestOf(state));
    if (index >= 0) this.#states.splice(index, 1);
    return index >= 0;
  }
}

/** Equal properties have equal digests, although the engine passes maps in any order. */
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
