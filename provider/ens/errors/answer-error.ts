import { EnsError } from "./ens-error";
import { explained } from "./explained";

/** ENS reported success with an answer that must not enter state: a field missing, or not a bucket or a host. */
export class AnswerError extends EnsError {
  static override readonly kind: string = "AnswerError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(explained(message, "AnswerError"), options);
  }
}
