import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/** The deployment was cancelled, for example by Ctrl-C, before ENS had answered. */
export class CancelledError extends EnsError {
  static override readonly kind = "CancelledError";
  declare readonly kind: "CancelledError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, "CancelledError"), options);
  }
}
