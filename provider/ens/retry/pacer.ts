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

/**
 * Slows all calls of a process down together once the service throttles, to what it lets through, and lets them
 * grow faster again. Until then it costs nothing.
 */
export class Pacer {
  readonly #timing: Timing;
  readonly #onSlowdown: (waiting: number, milliseconds: number) => void;
  /** Calls a second; `undefined` while nothing was refused. */
  #rate: number | undefined;
  #nextSlot = 0;
  #blockedUntil = 0;
  #lastRefusal = Number.NEGATIVE_INFINITY;
  #lastGrowth = 0;
  #refusalsInARow = 0;
  #outstanding = 0;
  #queue: Promise<void> = Promise.resolve();
  /** When calls of the last second got through. */
  #passed: number[] = [];

  /** @param onSlowdown - Told once when waiting begins: how many calls wait, and for how long. */
  constructor(timing: Timing, onSlowdown: (waiting: number, milliseconds: number) => void) {
    this.#timing = timing;
    this.#onSlowdown = onSlowdown;
  }

  /**
   * Runs a call when it is its turn. `verdict` reads what came of it.
   *
   * @param limit - How long it may wait for its turn, and what it comes to when that is too short.
   */
  async run<T>(call: () => Promise<T>, verdict: (result: T) => Verdict, limit?: Limit<T>): Promise<T> {
    this.#outstanding += 1;
    try {
      if (!(await this.#turn(limit?.patience)) && limit !== undefined) return limit.otherwise;
      const started = this.#timing.now();
      const result = await call();
      const { throttled, retryAfter } = verdict(result);
      if (throttled) this.#slowDown(started, retryAfter);
      else this.#speedUp();
      return result;
    } finally {
      this.#outstanding -= 1;
    }
  }

  /** Whether its turn came in time. */
  async #turn(patience: number | undefined): Promise<boolean> {
    if (this.#rate === undefined) return true;
    let late = false;
    const turn = this.#queue.then(() => this.#slot(() => late));
    this.#queue = turn;
    if (patience === undefined) {
      await turn;
      return true;
    }
    const over = new AbortController();
    const giveUp = this.#timing.sleep(patience, over.signal).then(() => {
      late = true;
      return false;
    });
    const inTime = await Promise.race([turn.then(() => !late), giveUp]);
    over.abort();
    return inTime;
  }

  /** Waits for the next slot and takes it, unless nobody wants it any more; only the head of the queue does. */
  async #slot(late: () => boolean): Promise<void> {
    for (;;) {
      if (late()) return;
      const now = this.#timing.now();
      if (now - this.#lastRefusal > calm) this.#rate = undefined;
      if (this.#rate === undefined) return;
      const slot = Math.max(this.#nextSlot, this.#blockedUntil);
      if (slot <= now) {
        const spacing = 1000 / this.#rate;
        // A timer that was late does not cost a slot.
        this.#nextSlot = Math.max(slot, now - spacing) + spacing;
        return;
      }
      await this.#timing.sleep(slot - now);
    }
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
    this.#nextSlot = this.#blockedUntil;
    if (begins) void this.#announce(this.#blockedUntil);
  }

  /** Told a moment later, when the others that will wait are there too. */
  async #announce(until: number): Promise<void> {
    await this.#timing.sleep(50);
    this.#onSlowdown(this.#outstanding, Math.max(0, until - this.#timing.now()));
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

interface Limit<T> {
  /** Milliseconds. */
  readonly patience: number;
  readonly otherwise: T;
}

/** What came of a call, as far as pace goes. */
export interface Verdict {
  readonly throttled: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}
