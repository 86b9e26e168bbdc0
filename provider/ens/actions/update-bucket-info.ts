import type { Action } from "../action";
import { ensService, readDone } from "../action";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** A bucket, and its comment from now on. */
export interface UpdateBucketInfoRequest extends NamedBucket {
  /** Empty for none. */
  readonly comment: string;
}

/**
 * Sets a bucket's comment. The vendor does not document it (its own provider for Terraform calls it), so ENS may not
 * know it: https://github.com/aliyun/terraform-provider-alicloud/pull/10168.
 */
export const updateBucketInfo: Action<UpdateBucketInfoRequest, void> = {
  name: "UpdateBucketInfo",
  service: ensService,
  readOnly: false,
  repeatable: true,
  ramAction: "ens:UpdateBucketInfo",
  ...onBucket,
  inputs: ({ bucketName, comment }) => ({ bucketName, comment }),
  parameters: (request) => ({ ...bucketParameter(request), Comment: request.comment }),
  readAnswer: readDone,
};
