import { setTimeout as sleep } from "node:timers/promises";

/** Time and random numbers for trying again; tests bring their own. */
export interface Timing {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** @param until - Ends the sleep early. */
  sleep(milliseconds: number, until?: AbortSignal): Promise<void>;
  /** From 0 to less than 1. */
  random(): number;
}

export const systemTiming: Timing = {
  now: () => performance.now(),
  sleep: async (milliseconds, until) => {
    await sleep(milliseconds, undefined, until && { signal: until }).catch(() => undefined);
  },
  random: Math.random,
};
