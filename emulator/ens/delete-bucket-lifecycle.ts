import type { Action } from "../gateway/action";
import { bucketNameOf, requireBucketToChange } from "./require-bucket";
import { rulesOf } from "./rules-of";

/** DeleteBucketLifecycle: of a rule, or of all. */
export const deleteBucketLifecycle: Action = {
  name: "DeleteBucketLifecycle",
  run(call) {
    const bucket = requireBucketToChange(call);
    const deleted = rulesOf(bucket, call.parameters);
    const left = bucket.lifecycleRules.filter((rule) => !deleted.includes(rule));
    call.world.buckets.setLifecycleRules(bucketNameOf(call.parameters), left);
    return {};
  },
};
