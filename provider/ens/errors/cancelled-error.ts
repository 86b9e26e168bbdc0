import { EnsError } from "./ens-error";

/** The deployment was cancelled, as Ctrl-C does, before ENS had answered. */
export class CancelledError extends EnsError {
  static override readonly kind: string = "CancelledError";
}
