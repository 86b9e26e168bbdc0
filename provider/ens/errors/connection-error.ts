import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/** No answer came, or none that could be read: the network, a deadline, or something that is not ENS. */
export class ConnectionError extends EnsError {
  static override readonly kind = "ConnectionError";
  declare readonly kind: "ConnectionError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, "ConnectionError"), options);
  }
}
