import type { Action } from "../gateway/action";
import { bucketAcls } from "./bucket-properties";
import { bucketNameOf, requireBucketToChange } from "./require-bucket";

/** PutBucketAcl: who may read and write a bucket's objects. */
export const putBucketAcl: Action = {
  name: "PutBucketAcl",
  run(call) {
    const { parameters, world } = call;
    const name = bucketNameOf(parameters);
    const bucketAcl = parameters.word("BucketAcl", bucketAcls);
    requireBucketToChange(call);
    world.buckets.change(name, { bucketAcl });
    return {};
  },
};
