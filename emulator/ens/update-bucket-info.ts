import type { Action } from "../gateway/action";
import { actionNotFound } from "../gateway/action-not-found";
import { commentOf } from "./bucket-properties";
import { bucketNameOf, requireBucketToChange } from "./require-bucket";

/** UpdateBucketInfo: a bucket's comment. The vendor does not document it, so there may be no such action. */
export const updateBucketInfo: Action = {
  name: "UpdateBucketInfo",
  run(call) {
    const { parameters, world } = call;
    if (!world.rules.updateBucketInfo) throw actionNotFound();
    const name = bucketNameOf(parameters);
    const comment = commentOf(parameters);
    requireBucketToChange(call);
    if (comment !== undefined) world.buckets.change(name, { comment });
    return {};
  },
};
