import type { Action } from "../action";
import { ensService, readDone } from "../action";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** The lifecycle rule to delete. Without an id, the API would delete all. */
export interface DeleteBucketLifecycleRequest extends NamedBucket {
  readonly ruleId: string;
}

/**
 * Deletes one lifecycle rule.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-deletebucketlifecycle
 */
export const deleteBucketLifecycle: Action<DeleteBucketLifecycleRequest, void> = {
  name: "DeleteBucketLifecycle",
  service: ensService,
  readOnly: false,
  // A second call finds no rule, and changes nothing.
  repeatable: true,
  ramAction: "ens:DeleteBucketLifecycle",
  ...onBucket,
  inputs: ({ bucketName }) => ({ bucketName }),
  parameters: (request) => ({ ...bucketParameter(request), RuleId: request.ruleId }),
  readAnswer: readDone,
};
