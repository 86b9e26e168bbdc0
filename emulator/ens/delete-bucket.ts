import type { Action } from "../gateway/action";
import { Refusal } from "../refusal";
import { bucketNameOf, requireBucketToChange } from "./require-bucket";

/** DeleteBucket: of a bucket without objects. As in OSS, uploads in parts that are under way count as objects. */
export const deleteBucket: Action = {
  name: "DeleteBucket",
  run(call) {
    const { buckets, objects, uploads } = call.world;
    const name = bucketNameOf(call.parameters);
    requireBucketToChange(call);
    if (buckets.physicalOf(name).some((one) => objects.list(one).length > 0 || uploads.isAny(one))) {
      throw new Refusal("BucketNotEmpty", 409, "The bucket you tried to delete is not empty.");
    }
    buckets.delete(name);
    return {};
  },
};
