import type { Explanation } from "./docs-link";
import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/** A place where credentials were looked for. */
export interface CredentialsPlace {
  /** `~/.aliyun/config.json`, `accessKey: alicloud-ens:accessKey, …` */
  readonly place: string;
  /** What is wrong with what it has, where it has something. */
  readonly problem?: string;
}

/** What a {@link CredentialsError} has besides its message. */
export interface CredentialsErrorDetails {
  /** Every place that was looked at, where no place had credentials. */
  readonly places?: readonly CredentialsPlace[];
  /** The RAM policy that allows to take on a role, as JSON, where that was refused. */
  readonly policy?: string;
}

/**
 * No credentials were found, or the place that should give them did not. Never has a `cause`: the messages of
 * the credential libraries repeat what they read, secrets included.
 */
export class CredentialsError extends EnsError implements CredentialsErrorDetails {
  static override readonly kind = "CredentialsError";
  declare readonly kind: "CredentialsError";
  declare readonly places?: readonly CredentialsPlace[];
  declare readonly policy?: string;

  constructor(message: string | Explanation, { places, policy }: CredentialsErrorDetails = {}) {
    super(withDocsLink(message, "CredentialsError"));
    if (places !== undefined) this.places = places;
    if (policy !== undefined) this.policy = policy;
  }
}
