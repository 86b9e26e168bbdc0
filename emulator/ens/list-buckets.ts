import type { Action } from "../gateway/action";
import { isOwnedBy } from "../world/accounts";
import { describeBucket } from "./describe-bucket";

/** ListBuckets: the account's buckets, by name and a page at a time. Nothing else tells a bucket's edge node. */
export const listBuckets: Action = {
  name: "ListBuckets",
  run({ parameters, account, world, action }) {
    const prefix = parameters.optionalText("Prefix") ?? "";
    const number = parameters.optionalInteger("PageNumber", 1, Number.MAX_SAFE_INTEGER) ?? 1;
    const size = parameters.optionalInteger("PageSize", 1, 100) ?? 10;
    const found = world.buckets
      .seeAll(action)
      .filter(([name, bucket]) => name.startsWith(prefix) && isOwnedBy(bucket, account));
    return {
      BucketInfos: found.slice((number - 1) * size, number * size).map(([name, bucket]) => ({
        ...describeBucket(name, bucket),
        EnsRegionId: bucket.ensRegionId,
      })),
      TotalCount: found.length,
    };
  },
};
