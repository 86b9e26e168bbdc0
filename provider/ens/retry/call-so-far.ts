import type { AttemptResult } from "../attempt-result";

/** What is known of a call at any time, also of one that ends without an outcome. */
export interface CallSoFar {
  /** Whether the service may have done what it was asked for, in any of the attempts so far. */
  mayBeDone: boolean;
  /** What it waits for: keys, a slot, its turn while the service throttles, the answer, or to be tried again. */
  waitsFor: "keys" | "slot" | "turn" | "answer" | "again";
  /** What came of the last attempt, where there was one. */
  last?: AttemptResult;
}

export function newCall(): CallSoFar {
  return { mayBeDone: false, waitsFor: "keys" };
}
