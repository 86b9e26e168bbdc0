/** How often a call was tried, and for how long. */
export interface Attempts {
  readonly attempts: number;
  /** Milliseconds from the first attempt to the end of the last. */
  readonly durationMs: number;
}

/** How often and how long, for an error; empty for a single attempt. */
export function describeAttempts({ attempts, durationMs }: Attempts): string {
  return attempts === 1 ? "" : ` after ${attempts} attempts in ${(durationMs / 1000).toFixed(1)} s`;
}
