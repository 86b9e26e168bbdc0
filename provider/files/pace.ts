import { setImmediate } from "node:timers/promises";

/** How long work on the spot may keep the process from hearing anything else, such as Ctrl-C, in milliseconds. */
const longestTurn = 10;

/** What a piece of work may take on average, in milliseconds. A local disk takes a twentieth. */
const quick = 0.5;

/**
 * Does small pieces of work on the spot for as long as they are quick. To hand one to Node's threads and to wait for it
 * takes several times as long as to read a small file from a local disk. From a network drive, threads read many at once.
 */
export class Pace {
  #pieces = 0;
  #spent = 0;
  #turnBegan = performance.now();

  /** `undefined` where such work is not quick here. */
  onTheSpot<Result>(work: () => Result): Result | undefined {
    if (this.#spent > longestTurn + quick * this.#pieces) return undefined;
    const start = performance.now();
    try {
      return work();
    } finally {
      this.#pieces += 1;
      this.#spent += performance.now() - start;
    }
  }

  /** Lets others go on, where it is their turn. */
  async pause(): Promise<void> {
    if (performance.now() - this.#turnBegan < longestTurn) return;
    await setImmediate();
    this.#turnBegan = performance.now();
  }
}
