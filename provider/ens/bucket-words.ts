/** Who may read and write a bucket without credentials of its account. */
export type BucketAcl = "private" | "public-read" | "public-read-write";
export const bucketAcls: readonly BucketAcl[] = ["private", "public-read", "public-read-write"];

/** `standard` lies where ENS schedules it, `sink` on the one edge node that was asked for. */
export type LogicalBucketType = "standard" | "sink";
export const logicalBucketTypes: readonly LogicalBucketType[] = ["standard", "sink"];

/** Where ENS schedules a standard bucket. `oversea` is the API's spelling. */
export type DispatchScope = "domestic" | "oversea";
export const dispatchScopes: readonly DispatchScope[] = ["domestic", "oversea"];

/** Whether a lifecycle rule counts. */
export type RuleStatus = "Enabled" | "Disabled";
export const ruleStatuses: readonly RuleStatus[] = ["Enabled", "Disabled"];
