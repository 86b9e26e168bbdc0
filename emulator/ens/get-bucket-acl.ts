import type { Action } from "../gateway/action";
import { requireBucket } from "./require-bucket";

/** GetBucketAcl */
export const getBucketAcl: Action = {
  name: "GetBucketAcl",
  run: (call) => ({ BucketAcl: requireBucket(call).bucketAcl }),
};
