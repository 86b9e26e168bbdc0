import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/**
 * No credentials were found, or the place that should give them did not. Never has a `cause`: the messages of
 * the credential libraries repeat what they read, secrets included.
 */
export class CredentialsError extends EnsError {
  static override readonly kind = "CredentialsError";
  declare readonly kind: "CredentialsError";

  constructor(message: string) {
    super(withDocsLink(message, "CredentialsError"));
  }
}
