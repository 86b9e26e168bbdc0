import { EnsError } from "./ens-error";

/** No answer came, or none that could be read: the network, a deadline, or something that is not ENS. */
export class ConnectionError extends EnsError {
  static override readonly kind: string = "ConnectionError";
}
