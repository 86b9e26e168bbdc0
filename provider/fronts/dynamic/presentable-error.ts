import type { EnsError } from "../../ens/errors";

/**
 * An error that Pulumi can show. Pulumi shows the user the stack trace of every error that `check`, `diff` or `read`
 * throws (https://github.com/pulumi/pulumi/issues/6992). The messages of this package say enough, so this error's stack
 * is its message.
 */
export class PresentableError extends Error {
  /**
   * @param message - What to show.
   * @param cause - Left out where the error's own message holds what must not be shown.
   */
  constructor({ name }: EnsError, message: string, cause: EnsError | undefined) {
    super(message, cause && { cause });
    this.name = name;
    this.stack = message;
  }

  /** Pulumi shows this before the stack. */
  override toString(): string {
    return this.name;
  }
}
