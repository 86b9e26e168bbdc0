import { EnsError } from "./ens-error";
import { explained } from "./explained";

/** No answer came, or none that could be read: the network, a deadline, or something that is not ENS. */
export class ConnectionError extends EnsError {
  static override readonly kind: string = "ConnectionError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(explained(message, "ConnectionError"), options);
  }
}
