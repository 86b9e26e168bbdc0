/** Gets lines for the user to see. */
export type Log = (line: string) => void;

/** `work`, with a line now and every ten seconds until it is done, so that nobody thinks it hangs. */
export async function withProgress<T>(log: Log, what: string, work: () => Promise<T>): Promise<T> {
  log(`${what} …`);
  const start = Date.now();
  const timer = setInterval(() => log(`${what} … ${duration(Date.now() - start)}`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
