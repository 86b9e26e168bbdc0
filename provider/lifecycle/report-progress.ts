import type { Timing } from "../ens/retry/timing";

/** Milliseconds to the first line and between lines. Quicker work says nothing. */
const interval = 3000;

interface Telling {
  readonly timing: Timing;
  tell(line: string): void;
}

/** Waits for `work` and says every few seconds how far it is. */
export async function reportProgress<T>(
  work: Promise<T>,
  line: () => string,
  { timing, tell }: Telling,
): Promise<T> {
  const done = new AbortController();
  const tellUntilDone = async () => {
    for (;;) {
      await timing.sleep(interval, done.signal);
      if (done.signal.aborted) return;
      tell(line());
    }
  };
  void tellUntilDone();
  return work.finally(() => done.abort());
}

/**
 * Waits for `work` and says every few seconds that it does, and for how long already.
 *
 * @param waiting - What is said of it: `waiting until ENS knows it everywhere`
 */
export function reportWait<T>(
  work: Promise<T>,
  subject: string,
  waiting: () => string,
  { timing, tell }: Telling,
): Promise<T> {
  const started = timing.now();
  const seconds = () => Math.round((timing.now() - started) / 1000);
  return reportProgress(work, () => `${subject}: ${waiting()} (${seconds()} s so far)`, {
    timing,
    tell,
  });
}
