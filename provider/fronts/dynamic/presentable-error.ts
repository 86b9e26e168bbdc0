import type { EnsError } from "../../ens/errors";

/**
 * An error as it may leave for Pulumi. Those of this package say all there is to say, but Pulumi writes the stack trace
 * of whatever leaves `check`, `diff` or `read` on the user's screen (https://github.com/pulumi/pulumi/issues/6992): of
 * this one the stack is the message.
 */
export class PresentableError extends Error {
  /**
   * @param message - The error's, without what must not be shown.
   * @param cause - Left out where the error's own message holds what must not be shown.
   */
  constructor({ name }: EnsError, message: string, cause: EnsError | undefined) {
    super(message, cause && { cause });
    this.name = name;
    this.stack = message;
  }

  /** Pulumi puts it before the stack. */
  override toString(): string {
    return this.name;
  }
}
