import { EnsError } from "../ens/errors";

/**
 * Runs what Pulumi asked for. Errors of this package say all there is to say, but Pulumi writes the stack trace of
 * whatever leaves `check`, `diff` or `read` on the user's screen: theirs becomes the message. A fault of ours
 * keeps its trace.
 */
export async function atBoundary<T>(
  work: () => T | Promise<T>,
  /** Takes out of a message what must not be shown. */
  conceal: (message: string) => string = (message) => message,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (EnsError.isInstance(error)) {
      const { name } = error;
      const message = conceal(error.message);
      error.message = message;
      // One error may end many calls, and comes here for each.
      Object.defineProperty(error, "stack", { value: message, configurable: true });
      Object.defineProperty(error, "toString", { value: () => name, configurable: true });
    }
    throw error;
  }
}
