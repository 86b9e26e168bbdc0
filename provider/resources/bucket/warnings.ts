import type { Warnings } from "../../lifecycle/lifecycle";

/** A dispatch scope for a kind of bucket that it is not documented for. */
export const warnings: Warnings = {
  of: ["dispatchScope", "logicalBucketType"],
  say: ({ dispatchScope, logicalBucketType }) =>
    (dispatchScope ?? undefined) === undefined || logicalBucketType !== "sink"
      ? []
      : ["dispatchScope is for standard buckets; a sink bucket lies on its node. Leave it out."],
};
