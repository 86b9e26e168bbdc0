import type { Explanation } from "./docs-link";
import { withDocsLink } from "./docs-link";
import { EnsError } from "./ens-error";

/**
 * What an error code of ENS means for the caller:
 * - `invalidInput`: a parameter was refused;
 * - `permission`: the identity may not call the action, or may not use the bucket;
 * - `arrears`: the account has an unpaid bill;
 * - `noSuchBucket`: there is no such logical bucket;
 * - `bucketExists`: the name is that of another bucket, of this account or of any other;
 * - `bucketNotEmpty`: a bucket that has objects cannot be deleted;
 * - `quota`: the account has as many buckets as it may have;
 * - `ensRegion`: the edge node does not exist, was not bought, or has no place for buckets;
 * - `noSuchRule`: the bucket does not have the lifecycle rule;
 * - `noSuchObject`: the bucket does not have the object;
 * - `noSuchUpload`: an upload in parts was aborted before all of them had arrived;
 * - `contentChanged`: the content of an object changed while it was sent;
 * - `tooLarge`: the object is larger than any that the storage takes;
 * - `noSuchAction`: what was asked does not know the action;
 * - `credentials`: the key, secret or token was refused;
 * - `clock`: this machine's clock is wrong;
 * - `throttling`: too many calls;
 * - `server`: ENS failed;
 * - `other`: a code this package does not know.
 */
export type ApiErrorReason =
  | "invalidInput"
  | "permission"
  | "arrears"
  | "noSuchBucket"
  | "bucketExists"
  | "bucketNotEmpty"
  | "quota"
  | "ensRegion"
  | "noSuchRule"
  | "noSuchObject"
  | "noSuchUpload"
  | "contentChanged"
  | "tooLarge"
  | "noSuchAction"
  | "credentials"
  | "clock"
  | "throttling"
  | "server"
  | "other";

/** What an {@link ApiError} has besides its message. */
export interface ApiErrorDetails {
  /** The code ENS answered, e.g. `NoSuchBucket`. */
  readonly code: string;
  /** What the code means. */
  readonly reason: ApiErrorReason;
  /** The HTTP status of the answer. It does not say what went wrong: `NoPermission` is a 400. */
  readonly statusCode: number;
  /** The request id to give to Alibaba Cloud's support, where the answer had one. */
  readonly requestId?: string;
  /** The logical bucket asked for, where the call was about one. */
  readonly bucketName?: string;
  /** Where permission was refused: the RAM policy that allows the action, as JSON, where it is known which does. */
  readonly policy?: string;
}

/**
 * ENS answered with an error code.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-prepareupload
 */
export class ApiError extends EnsError implements ApiErrorDetails {
  static override readonly kind = "ApiError";
  declare readonly kind: "ApiError";
  readonly code: string;
  readonly reason: ApiErrorReason;
  readonly statusCode: number;
  declare readonly requestId?: string;
  declare readonly bucketName?: string;
  declare readonly policy?: string;

  constructor(
    message: string | Explanation,
    details: ApiErrorDetails,
    options?: { readonly cause?: unknown },
  ) {
    super(withDocsLink(message, details.reason), options);
    this.code = details.code;
    this.reason = details.reason;
    this.statusCode = details.statusCode;
    if (details.requestId !== undefined) this.requestId = details.requestId;
    if (details.bucketName !== undefined) this.bucketName = details.bucketName;
    if (details.policy !== undefined) this.policy = details.policy;
  }
}

/** Whether ENS answered with an error code of this meaning. */
export function hasReason(error: unknown, reason: ApiErrorReason): error is ApiError {
  return ApiError.isInstance(error) && error.reason === reason;
}
