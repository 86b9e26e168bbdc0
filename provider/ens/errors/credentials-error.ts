import { EnsError } from "./ens-error";
import { explained } from "./explained";

/**
 * No credentials were found, or the place that should give them did not. Never has a `cause`: the messages of
 * the credential libraries repeat what they read, secrets included.
 */
export class CredentialsError extends EnsError {
  static override readonly kind: string = "CredentialsError";

  constructor(message: string) {
    super(explained(message, "CredentialsError"));
  }
}
