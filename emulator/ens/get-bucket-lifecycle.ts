import type { Action } from "../gateway/action";
import { requireBucket } from "./require-bucket";
import { rulesOf } from "./rules-of";

/** GetBucketLifecycle: a rule, or all. */
export const getBucketLifecycle: Action = {
  name: "GetBucketLifecycle",
  run(call) {
    const rules = rulesOf(requireBucket(call), call.parameters);
    return {
      Rule: rules.map(({ id, prefix, status, expirationDays, createdBeforeDate }) => ({
        ID: id,
        Prefix: prefix,
        Status: status,
        // Days are a text there.
        Expiration: { Days: expirationDays?.toString(), CreatedBeforeDate: createdBeforeDate },
      })),
    };
  },
};
