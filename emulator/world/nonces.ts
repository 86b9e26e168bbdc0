/** Longer than a request's date may be off, in milliseconds: an older one is refused for its date. */
const kept = 1_800_000;

/** The nonces of calls that were let in. */
export class Nonces {
  readonly #seen = new Map<string, number>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Whether a nonce is new; from then on it is not. */
  use(accessKeyId: string, nonce: string): boolean {
    const now = this.#now().getTime();
    for (const [old, seen] of this.#seen) {
      if (seen > now - kept) break;
      this.#seen.delete(old);
    }
    const key = `${accessKeyId}\n${nonce}`;
    if (this.#seen.has(key)) return false;
    this.#seen.set(key, now);
    return true;
  }
}
