import type { Action } from "../action";
import { ensService, requestIdRule } from "../action";
import type { RuleStatus } from "../bucket-words";
import { ruleStatuses } from "../bucket-words";
import type { Fields } from "../fields";
import { anyText } from "../fields";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** A lifecycle rule as a bucket has it. */
export interface StoredRule {
  readonly id: string;
  /** Empty for all objects. */
  readonly prefix: string;
  readonly status: RuleStatus;
  /** A rule has this or a date. */
  readonly expirationDays?: number;
  readonly createdBeforeDate?: string;
}

/**
 * Asks for a bucket's lifecycle rules. Where it has none, the answer is the error `NoSuchLifecycle`.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-getbucketlifecycle
 */
export const getBucketLifecycle: Action<NamedBucket, { readonly rules: readonly StoredRule[] }> = {
  name: "GetBucketLifecycle",
  service: ensService,
  readOnly: true,
  repeatable: true,
  ramAction: "ens:GetBucketLifecycle",
  ...onBucket,
  inputs: ({ bucketName }) => ({ bucketName }),
  parameters: bucketParameter,
  readAnswer: (fields) => {
    fields.text("RequestId", requestIdRule);
    return { rules: fields.objects("Rule").map(readRule) };
  },
};

function readRule(fields: Fields): StoredRule {
  const expiration = fields.object("Expiration");
  const expirationDays = expiration.optionalCount("Days");
  const createdBeforeDate = expiration.optionalText("CreatedBeforeDate", anyText);
  return {
    id: fields.text("ID", anyText),
    prefix: fields.optionalText("Prefix", anyText) ?? "",
    status: fields.text("Status", statusRule) as RuleStatus,
    ...(expirationDays !== undefined ? { expirationDays } : {}),
    ...(createdBeforeDate ? { createdBeforeDate } : {}),
  };
}

const statusRule = {
  expected: ruleStatuses.join(" or "),
  test: (text: string) => ruleStatuses.some((status) => status === text),
};
