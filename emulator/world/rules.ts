import type { EmulatorLag, EmulatorRules } from "../options";

/** What is to be known of an edge node. */
type EnsRegion = "purchased" | "notPurchased" | "unknown";

/** The rules of EOS, with their defaults. */
export class Rules {
  #given: EmulatorRules;

  constructor(given: EmulatorRules = {}) {
    this.#given = given;
  }

  /** Changes those that are named. */
  change(changes: EmulatorRules): void {
    const lag = { ...this.#given.lag, ...changes.lag };
    this.#given = { ...this.#given, ...changes, lag };
  }

  get bucketQuota(): number {
    return this.#given.bucketQuota ?? 20;
  }

  get lag(): Required<EmulatorLag> {
    return { createMs: 0, changeMs: 0, deleteMs: 0, storageMs: 0, ...this.#given.lag };
  }

  get updateBucketInfo(): boolean {
    return this.#given.updateBucketInfo ?? true;
  }

  ensRegion(id: string): EnsRegion {
    const { ensRegions } = this.#given;
    if (ensRegions !== undefined) return new Map(Object.entries(ensRegions)).get(id) ?? "unknown";
    return /^[a-z]{2,3}(-[a-z0-9_]+)+$/.test(id) ? "purchased" : "unknown";
  }
}
