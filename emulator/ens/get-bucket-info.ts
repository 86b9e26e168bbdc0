import type { Action } from "../gateway/action";
import { describeBucket } from "./describe-bucket";
import { bucketNameOf, seeBucket } from "./require-bucket";

/** GetBucketInfo: all that ENS says of a bucket but its edge node, and nothing for a while after it was deleted. */
export const getBucketInfo: Action = {
  name: "GetBucketInfo",
  run(call) {
    const bucket = seeBucket(call);
    return { BucketInfo: bucket && describeBucket(bucketNameOf(call.parameters), bucket) };
  },
};
