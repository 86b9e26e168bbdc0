import type { Action } from "../action";
import { ensService, readDone } from "../action";
import type { BucketAcl } from "../bucket-words";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** A bucket, and who may read and write it from now on. */
export interface PutBucketAclRequest extends NamedBucket {
  readonly bucketAcl: BucketAcl;
}

/**
 * Sets who may read and write a bucket.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-putbucketacl
 */
export const putBucketAcl: Action<PutBucketAclRequest, void> = {
  name: "PutBucketAcl",
  service: ensService,
  readOnly: false,
  repeatable: true,
  ramAction: "ens:PutBucketAcl",
  ...onBucket,
  inputs: ({ bucketName, bucketAcl }) => ({ bucketName, bucketAcl }),
  parameters: (request) => ({ ...bucketParameter(request), BucketAcl: request.bucketAcl }),
  readAnswer: readDone,
};
