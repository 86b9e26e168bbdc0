import type { Explanation } from "./docs-link";
import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/** ENS reported success, but the answer must not enter state: a field is missing, or is not a bucket or a host. */
export class AnswerError extends EnsError {
  static override readonly kind = "AnswerError";
  declare readonly kind: "AnswerError";

  constructor(message: string | Explanation, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, "AnswerError"), options);
  }
}
