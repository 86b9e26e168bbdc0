import type { Explanation } from "./docs-link";
import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/** No usable answer came: the network failed, time ran out, or something other than ENS answered. */
export class ConnectionError extends EnsError {
  static override readonly kind = "ConnectionError";
  declare readonly kind: "ConnectionError";

  constructor(message: string | Explanation, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, "ConnectionError"), options);
  }
}
