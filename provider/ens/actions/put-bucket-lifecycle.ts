import type { Action } from "../action";
import { ensService, requestIdRule } from "../action";
import type { RuleStatus } from "../bucket-words";
import { anyText } from "../fields";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** A lifecycle rule to add to a bucket, or to change. */
export interface PutBucketLifecycleRequest extends NamedBucket {
  /** The rule to change. Left out to add one. */
  readonly ruleId?: string;
  /** Empty for all objects. */
  readonly prefix: string;
  readonly expirationDays: number;
  readonly status: RuleStatus;
}

/**
 * Adds one lifecycle rule, or changes it.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-putbucketlifecycle
 */
export const putBucketLifecycle: Action<PutBucketLifecycleRequest, { readonly ruleId: string }> = {
  name: "PutBucketLifecycle",
  service: ensService,
  readOnly: false,
  // A second call that adds a rule is refused, since a prefix can have only one.
  repeatable: false,
  ramAction: "ens:PutBucketLifecycle",
  ramResource: onBucket.ramResource,
  subject: ({ bucketName, prefix }) => `rule "${prefix}" of bucket "${bucketName}"`,
  inputs: ({ bucketName, prefix, expirationDays, status }) => ({
    bucketName,
    "lifecycleRules[].prefix": prefix,
    "lifecycleRules[].expirationDays": String(expirationDays),
    "lifecycleRules[].status": status,
  }),
  parameters: ({ ruleId, prefix, expirationDays, status, ...bucket }) => ({
    ...bucketParameter(bucket),
    ...(ruleId !== undefined ? { RuleId: ruleId } : {}),
    ...(prefix !== "" ? { Prefix: prefix } : {}),
    ExpirationDays: String(expirationDays),
    Status: status,
    // Otherwise ENS refuses a rule for objects that another rule fits too, such as all objects.
    AllowSameActionOverlap: "true",
  }),
  readAnswer: (fields) => {
    fields.text("RequestId", requestIdRule);
    return { ruleId: fields.text("RuleId", anyText) };
  },
};
