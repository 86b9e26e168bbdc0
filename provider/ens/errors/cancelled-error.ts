import type { Explanation } from "./docs-link";
import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/**
 * The deployment was cancelled, for example by Ctrl-C, before ENS had answered. The message names the action that was
 * under way, where that changes something: it may have been done.
 */
export class CancelledError extends EnsError {
  static override readonly kind = "CancelledError";
  declare readonly kind: "CancelledError";

  constructor(message: string | Explanation, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, "CancelledError"), options);
  }
}
