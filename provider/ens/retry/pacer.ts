import { untilAborted } from "../transport/until-aborted";
import type { Timing } from "./timing";

/** After a refusal, the new rate is this part of the rate that got through. */
const reduction = 0.9;
/** The lowest rate, in calls a second. */
const lowestRate = 0.5;
/** The rate grows by this part each second without a refusal. */
const growth = 0.02;
/** Milliseconds to wait after a refusal that does not say how long. */
const firstGuess = 250;
const longestGuess = 10_000;
/** Pacing ends after this many milliseconds without a refusal. */
const pacingEndsAfter = 30_000;

/** What a call that was sent tells about the pace. */
export interface Feedback {
  /** When it was sent. */
  readonly started: number;
  readonly throttled: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
}

/**
 * Once a service throttles, slows down all calls to it together, to the rate that it lets through. Then it lets the
 * rate grow again. While nothing is throttled, it does nothing.
 */
export class Pacer {
  readonly #timing: Timing;
  readonly #onSlowdown: (milliseconds: number) => void;
  /** Calls a second; `undefined` while calls are not paced. */
  #rate: number | undefined;
  #nextTurn = 0;
  #blockedUntil = 0;
  #lastRefusal = Number.NEGATIVE_INFINITY;
  #lastGrowth = 0;
  #refusalsInARow = 0;
  #queue: Promise<void> = Promise.resolve();
  /** When calls of the last second got through. */
  #passed: number[] = [];

  /** @param onSlowdown - Called once when waiting begins, with how long it will last. */
  constructor(timing: Timing, onSlowdown: (milliseconds: number) => void) {
    this.#timing = timing;
    this.#onSlowdown = onSlowdown;
  }

  /** Waits until a call may be sent; false when `gaveUp` aborts before. */
  async turn(gaveUp: AbortSignal): Promise<boolean> {
    if (this.#rate === undefined) return !gaveUp.aborted;
    const turn = this.#queue.then(() => this.#nextTurnOf(gaveUp));
    this.#queue = turn;
    await untilAborted(gaveUp, () => turn).catch((error: unknown) => {
      if (!gaveUp.aborted) throw error;
    });
    return !gaveUp.aborted;
  }

  /** Waits for the next turn and takes it, unless its call gave up. Only the first call in the queue waits here. */
  async #nextTurnOf(gaveUp: AbortSignal): Promise<void> {
    for (;;) {
      if (gaveUp.aborted) return;
      const now = this.#timing.now();
      if (now - this.#lastRefusal > pacingEndsAfter) this.#rate = undefined;
      if (this.#rate === undefined) return;
      const turn = Math.max(this.#nextTurn, this.#blockedUntil);
      if (turn <= now) {
        const spacing = 1000 / this.#rate;
        // A late timer does not cost a turn.
        this.#nextTurn = Math.max(turn, now - spacing) + spacing;
        return;
      }
      await this.#timing.sleep(turn - now);
    }
  }

  /** Learns from what came of a call. */
  learn({ started, throttled, retryAfter }: Feedback): void {
    if (throttled) this.#slowDown(started, retryAfter);
    else this.#speedUp();
  }

  #slowDown(started: number, retryAfter: number | undefined): void {
    const now = this.#timing.now();
    // Calls that were under way when another was refused tell nothing new.
    if (started <= this.#lastRefusal) return;
    const begins = this.#rate === undefined;
    const passed = this.#passed.filter((time) => time > now - 1000).length;
    // A refusal right after another says that the wait was too short, not that the pace was too fast.
    if (this.#refusalsInARow === 0 || this.#rate === undefined) {
      this.#rate = Math.max(lowestRate, reduction * (this.#rate ?? Math.max(1, passed)));
    }
    const wait = retryAfter ?? this.#guess();
    this.#refusalsInARow += 1;
    this.#lastRefusal = now;
    this.#lastGrowth = now + wait;
    this.#blockedUntil = now + wait;
    this.#nextTurn = this.#blockedUntil;
    if (begins) void this.#announce(this.#blockedUntil);
  }

  /** Waits a moment first, so that the other calls that will wait are counted too. */
  async #announce(until: number): Promise<void> {
    await this.#timing.sleep(50);
    this.#onSlowdown(Math.max(0, until - this.#timing.now()));
  }

  /** How long to wait where the service does not say: longer after each refusal in a row. */
  #guess(): number {
    return (0.5 + this.#timing.random() / 2) * Math.min(longestGuess, firstGuess * 2 ** this.#refusalsInARow);
  }

  #speedUp(): void {
    this.#refusalsInARow = 0;
    const now = this.#timing.now();
    if (this.#rate === undefined) {
      this.#passed = [...this.#passed.filter((time) => time > now - 1000), now];
      return;
    }
    const seconds = Math.max(0, now - this.#lastGrowth) / 1000;
    this.#lastGrowth = Math.max(this.#lastGrowth, now);
    this.#rate *= (1 + growth) ** seconds;
  }
}
