import type { Warnings } from "../../lifecycle/lifecycle";

/** A dispatch scope that says nothing. */
export const warnings: Warnings = {
  of: ["dispatchScope", "logicalBucketType"],
  say: ({ dispatchScope, logicalBucketType }) =>
    (dispatchScope ?? undefined) === undefined || logicalBucketType !== "sink"
      ? []
      : ["dispatchScope has no effect on a sink bucket, which lies on its node. Leave it out."],
};
