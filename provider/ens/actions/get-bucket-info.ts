import type { Action } from "../action";
import { ensService, requestIdRule } from "../action";
import type { BucketInfo } from "./bucket-info";
import { readBucketInfo } from "./bucket-info";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/**
 * Asks what a bucket is like. There is no info where a replica has already deleted the bucket: it then answers null, and
 * `NoSuchBucket` later.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-getbucketinfo
 */
export const getBucketInfo: Action<NamedBucket, { readonly bucketInfo?: BucketInfo }> = {
  name: "GetBucketInfo",
  service: ensService,
  readOnly: true,
  repeatable: true,
  ramAction: "ens:GetBucketInfo",
  ...onBucket,
  inputs: ({ bucketName }) => ({ bucketName }),
  parameters: bucketParameter,
  readAnswer: (fields) => {
    fields.text("RequestId", requestIdRule);
    const info = fields.optionalObject("BucketInfo");
    return info === undefined ? {} : { bucketInfo: readBucketInfo(info) };
  },
};
