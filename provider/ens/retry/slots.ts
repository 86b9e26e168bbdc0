/** Limits how many calls are under way at a time; the others wait in the order they came. */
export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a slot and takes it; false, without a slot, when `gaveUp` aborts first. */
  async take(gaveUp: AbortSignal): Promise<boolean> {
    if (gaveUp.aborted) return false;
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const wake = () => {
        gaveUp.removeEventListener("abort", leave);
        resolve(true);
      };
      const leave = () => {
        this.#waiting.delete(wake);
        resolve(false);
      };
      this.#waiting.add(wake);
      gaveUp.addEventListener("abort", leave, { once: true });
    });
  }

  /** Gives a slot back, to the call that has waited longest. */
  free(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
