import type { CallParameters } from "../gateway/call-parameters";
import { refuseInvalid } from "../gateway/refuse-invalid";

export const bucketAcls = ["private", "public-read", "public-read-write"] as const;
export const logicalBucketTypes = ["standard", "sink"] as const;
export const dispatchScopes = ["domestic", "oversea"] as const;

/** A comment: up to 128 characters, of which an emoji is one. */
export function commentOf(parameters: CallParameters): string | undefined {
  const comment = parameters.optionalText("Comment");
  return [...(comment ?? "")].length > 128 ? refuseInvalid("Comment") : comment;
}
