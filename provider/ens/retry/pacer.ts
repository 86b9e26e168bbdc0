import { untilAborted } from "../transport/until-aborted";
import type { Timing } from "./timing";

/** After a refusal, this part of what got through is asked for. */
const reduction = 0.9;
/** Calls a second that are never gone below. */
const slowest = 0.5;
/** What is asked for grows by this part each second without a refusal. */
const growth = 0.02;
/** Milliseconds to wait after a refusal that does not say how long. */
const firstGuess = 250;
const longestGuess = 10_000;
/** So long without a refusal, and pacing ends. */
const calm = 30_000;

/** What came of a call, as far as the pace goes. */
export interface Feedback {
  /** When it was sent. */
  readonly started: number;
  readonly throttled: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
}

/**
 * Slows all calls to a service down together once it throttles, to what it lets through, and lets them grow faster
 * again. Until then it costs nothing.
 */
export class Pacer {
  readonly #timing: Timing;
  readonly #onSlowdown: (milliseconds: number) => void;
  /** Calls a second; `undefined` while nothing was refused. */
  #rate: number | undefined;
  #nextTurn = 0;
  #blockedUntil = 0;
  #lastRefusal = Number.NEGATIVE_INFINITY;
  #lastGrowth = 0;
  #refusalsInARow = 0;
  #queue: Promise<void> = Promise.resolve();
  /** When calls of the last second got through. */
  #passed: number[] = [];

  /** @param onSlowdown - Told once when waiting begins, and for how long that is. */
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

  /** Waits for the next turn and takes it, unless its call gave up; only the head of the queue does. */
  async #nextTurnOf(gaveUp: AbortSignal): Promise<void> {
    for (;;) {
      if (gaveUp.aborted) return;
      const now = this.#timing.now();
      if (now - this.#lastRefusal > calm) this.#rate = undefined;
      if (this.#rate === undefined) return;
      const turn = Math.max(this.#nextTurn, this.#blockedUntil);
      if (turn <= now) {
        const spacing = 1000 / this.#rate;
        // A timer that was late does not cost a turn.
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
      this.#rate = Math.max(slowest, reduction * (this.#rate ?? Math.max(1, passed)));
    }
    const wait = retryAfter ?? this.#guess();
    this.#refusalsInARow += 1;
    this.#lastRefusal = now;
    this.#lastGrowth = now + wait;
    this.#blockedUntil = now + wait;
    this.#nextTurn = this.#blockedUntil;
    if (begins) void this.#announce(this.#blockedUntil);
  }

  /** Told a moment later, when the others that will wait are there too. */
  async #announce(until: number): Promise<void> {
    await this.#timing.sleep(50);
    this.#onSlowdown(Math.max(0, until - this.#timing.now()));
  }

  /** How long to wait where the service does not say: longer the longer it refuses. */
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
