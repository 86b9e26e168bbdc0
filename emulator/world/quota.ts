/** How many calls a second are answered, by the emulator's clock. */
export class Quota {
  readonly #perSecond: number;
  readonly #now: () => Date;
  #window = { second: 0, calls: 0 };

  constructor(perSecond: number, now: () => Date) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Milliseconds until a call is within the quota; 0 when this one is. */
  take(): number {
    const now = this.#now().getTime();
    const second = Math.floor(now / 1000);
    if (this.#window.second !== second) this.#window = { second, calls: 0 };
    if (this.#window.calls >= this.#perSecond) return (second + 1) * 1000 - now;
    this.#window.calls += 1;
    return 0;
  }
}
