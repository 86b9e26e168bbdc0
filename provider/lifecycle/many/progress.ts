import type { Timing } from "../../ens/retry/timing";

/** Milliseconds to the first line and between lines: what is quicker says nothing. */
const interval = 3000;

/** Runs `work` and says every few seconds how far it is. */
export async function withProgress<T>(
  work: Promise<T>,
  line: () => string,
  { timing, notify }: { readonly timing: Timing; readonly notify: (line: string) => void },
): Promise<T> {
  const done = new AbortController();
  const tellUntilDone = async () => {
    for (;;) {
      await timing.sleep(interval, done.signal);
      if (done.signal.aborted) return;
      notify(line());
    }
  };
  void tellUntilDone();
  return work.finally(() => done.abort());
}
