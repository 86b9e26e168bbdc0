import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/** ENS reported success with an answer that must not enter state: a field missing, or not a bucket or a host. */
export class AnswerError extends EnsError {
  static override readonly kind = "AnswerError";
  declare readonly kind: "AnswerError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, "AnswerError"), options);
  }
}
