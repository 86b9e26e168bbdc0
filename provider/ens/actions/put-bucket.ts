import type { Action } from "../action";
import { ensService, readDone } from "../action";
import type { BucketAcl, DispatchScope, LogicalBucketType } from "../bucket-words";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** The bucket to make. */
export interface PutBucketRequest extends NamedBucket {
  readonly bucketAcl: BucketAcl;
  readonly logicalBucketType: LogicalBucketType;
  readonly ensRegionId?: string;
  readonly dispatchScope?: DispatchScope;
  readonly comment?: string;
}

/**
 * Makes a bucket. Names are global.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-putbucket
 */
export const putBucket: Action<PutBucketRequest, void> = {
  name: "PutBucket",
  service: ensService,
  readOnly: false,
  // A second call is refused as one for a bucket that is there already.
  repeatable: false,
  ramAction: "ens:PutBucket",
  ...onBucket,
  inputs: (request) => ({ ...request }),
  parameters: (request) => ({
    ...bucketParameter(request),
    BucketAcl: request.bucketAcl,
    LogicalBucketType: request.logicalBucketType,
    ...(request.ensRegionId !== undefined ? { EnsRegionId: request.ensRegionId } : {}),
    ...(request.dispatchScope !== undefined ? { DispatchScope: request.dispatchScope } : {}),
    ...(request.comment !== undefined ? { Comment: request.comment } : {}),
  }),
  readAnswer: readDone,
};
