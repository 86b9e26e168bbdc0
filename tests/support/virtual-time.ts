import { setTimeout as reading, setImmediate as settle } from "node:timers/promises";
import type { Timing } from "../../provider/ens/retry/timing";

/** In milliseconds of the machine's own time. */
const longestRead = 500;

/** Time that passes only when all that runs waits for it, and chance that is the same every time. */
export class VirtualTime implements Timing {
  #now = 0;
  #seed = 1;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  /** What was slept, in order. */
  readonly slept: number[] = [];

  now(): number {
    return this.#now;
  }

  /** A sleep that can end early is a limit to something, and not counted as slept. */
  sleep(milliseconds: number, until?: AbortSignal): Promise<void> {
    if (until === undefined) this.slept.push(milliseconds);
    return new Promise((resolve) => {
      const wake = () => {
        until?.removeEventListener("abort", wake);
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      };
      const sleeper = { until: this.#now + milliseconds, wake };
      this.#sleepers.push(sleeper);
      until?.addEventListener("abort", wake);
    });
  }

  random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }

  /** Lets time pass until `work` is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    finished.catch(() => undefined);
    for (let idle = 0; ; ) {
      await settle();
      if (done) return finished;
      this.#sleepers.sort((a, b) => a.until - b.until);
      const next = this.#sleepers.shift();
      if (next === undefined) {
        // Files are read in real time.
        if (idle >= longestRead) throw new Error("Nothing sleeps, and the work is not done.");
        await reading(1);
        idle += 1;
        continue;
      }
      idle = 0;
      this.#now = next.until;
      next.wake();
    }
  }
}
