const base = 200;
const cap = 10_000;

/**
 * How long to wait before another attempt, in milliseconds: capped exponential with full jitter, so that calls
 * that failed together do not come back together.
 *
 * @param attempts - How many attempts there were, at least one.
 */
export function backoff(attempts: number, random: () => number): number {
  return random() * Math.min(cap, base * 2 ** attempts);
}
