import type { Timing } from "../ens/retry/timing";

/**
 * Milliseconds without a word after which a wait is told. What reports its progress by itself speaks a little earlier, and
 * is then not silent.
 */
const silence = 3500;

/** Milliseconds between looks, between two lines, and at most between two lines of the same wait. */
const interval = 500;
const shortestPause = 3000;
const longestPause = 30_000;

/** Who waits for less than this, in milliseconds, is not counted. */
const longEnough = 1000;

/** What is done for one resource. */
export interface Work {
  /** Says a line to the user. */
  tell(line: string): void;
  /**
   * Does something that may take long.
   *
   * @param what - What is waited for, as a line says it.
   */
  waitingFor<T>(what: () => string, work: () => Promise<T>): Promise<T>;
}

/**
 * Tells what a deployment waits for, whatever that is: work that waits and is silent for more than three seconds gets a
 * line. Of several, the oldest is named and the others are counted. Lines of a long wait come less and less often.
 */
export class Waits {
  readonly #timing: Timing;
  readonly #waiting = new Set<WaitingWork>();
  #saidAt = Number.NEGATIVE_INFINITY;
  #isWatching = false;
  #nothingWaits = new AbortController();

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** Begins the work for a resource. */
  begin(tell: (line: string) => void): Work {
    const work = new WaitingWork(this.#timing.now(), tell);
    return {
      tell: (line) => {
        work.heard(this.#timing.now());
        tell(line);
      },
      waitingFor: async (what, act) => {
        const end = work.waitFor(what);
        this.#waiting.add(work);
        if (!this.#isWatching) void this.#watch();
        try {
          return await act();
        } finally {
          end();
          if (!work.waits) this.#waiting.delete(work);
          if (this.#waiting.size === 0) this.#nothingWaits.abort();
        }
      },
    };
  }

  async #watch(): Promise<void> {
    this.#isWatching = true;
    while (this.#waiting.size > 0) {
      this.#nothingWaits = new AbortController();
      await this.#timing.sleep(interval, this.#nothingWaits.signal);
      this.#look(this.#timing.now());
    }
    this.#isWatching = false;
  }

  #look(now: number): void {
    if (now - this.#saidAt < shortestPause) return;
    const waiting = [...this.#waiting].sort((one, other) => one.began - other.began);
    const oldest = waiting.find((work) => work.isDue(now));
    if (oldest === undefined) return;
    this.#saidAt = now;
    const silent = waiting.filter((work) => work.isSilentFor(longEnough, now));
    oldest.tell(`${oldest.line(now)}${others(silent.length - 1)}`);
    for (const work of silent) work.told(now);
  }
}

function others(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "; another resource waits too" : `; ${count} other resources wait too`;
}

/** Work with what it waits for now. */
class WaitingWork {
  readonly began: number;
  readonly tell: (line: string) => void;
  readonly #waits = new Set<{ readonly what: () => string }>();
  #heardAt: number;
  #pause = silence;

  constructor(began: number, tell: (line: string) => void) {
    this.began = began;
    this.tell = tell;
    this.#heardAt = began;
  }

  get waits(): boolean {
    return this.#waits.size > 0;
  }

  waitFor(what: () => string): () => void {
    const wait = { what };
    // What is waited for now was not told yet.
    if (!this.waits) this.#pause = silence;
    this.#waits.add(wait);
    return () => this.#waits.delete(wait);
  }

  /** It said a line by itself. */
  heard(now: number): void {
    this.#heardAt = now;
    this.#pause = silence;
  }

  /** Its wait was told. */
  told(now: number): void {
    this.#heardAt = now;
    this.#pause = Math.min(2 * this.#pause, longestPause);
  }

  isDue(now: number): boolean {
    return this.isSilentFor(this.#pause, now);
  }

  isSilentFor(milliseconds: number, now: number): boolean {
    return now - this.#heardAt >= milliseconds;
  }

  line(now: number): string {
    const [first] = this.#waits;
    return `${first?.what()} (${Math.round((now - this.began) / 1000)} s so far)`;
  }
}
