import type { Timing } from "../ens/retry/timing";

/** Milliseconds to the first line and between lines. Quicker work says nothing. */
const interval = 3000;

/** Waits for `work` and says every few seconds how far it is. */
export async function reportProgress<T>(
  work: Promise<T>,
  line: () => string,
  { timing, tell }: { readonly timing: Timing; readonly tell: (line: string) => void },
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
