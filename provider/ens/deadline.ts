/**
 * `work`, or the error of `expired` once `milliseconds` have passed on the wall clock. The SDK's own timeouts are
 * idle timeouts, and a reused socket can disarm them, so they bound nothing.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  expired: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(expired()), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
