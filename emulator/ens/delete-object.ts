import type { Action } from "../gateway/action";
import { Refusal } from "../refusal";
import { bucketNameOf, requireBucketToChange } from "./require-bucket";

/** DeleteObject: of one object. Unlike in OSS, one that is not there is refused. */
export const deleteObject: Action = {
  name: "DeleteObject",
  run(call) {
    const { buckets, objects } = call.world;
    const name = bucketNameOf(call.parameters);
    const key = call.parameters.text("ObjectKey");
    requireBucketToChange(call);
    const holders = buckets.physicalOf(name).filter((physical) => objects.find(physical, key) !== undefined);
    if (holders.length === 0) throw new Refusal("NoSuchKey", 404, "The specified key does not exist.");
    for (const physical of holders) objects.remove(physical, key);
    return {};
  },
};
