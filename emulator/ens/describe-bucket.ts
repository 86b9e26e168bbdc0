import { apiTime } from "../api-time";
import type { BucketState } from "../world/bucket-state";

/** A bucket as GetBucketInfo and ListBuckets have it. */
export function describeBucket(name: string, bucket: BucketState): Readonly<Record<string, unknown>> {
  const { bucketAcl, comment, createTime, logicalBucketType, modifyTime } = bucket;
  return {
    BucketName: name,
    BucketAcl: bucketAcl,
    Comment: comment,
    CreateTime: apiTime(createTime),
    LogicalBucketType: logicalBucketType,
    ModifyTime: apiTime(modifyTime),
  };
}
