/** Who may read and write a bucket without credentials of its account. */
export const bucketAcls = ["private", "public-read", "public-read-write"] as const;
export type BucketAcl = (typeof bucketAcls)[number];

/** `standard` lies where ENS schedules it, `sink` on the one edge node that was asked for. */
export const logicalBucketTypes = ["standard", "sink"] as const;
export type LogicalBucketType = (typeof logicalBucketTypes)[number];

/** Where ENS schedules a standard bucket. `oversea` is the API's spelling. */
export const dispatchScopes = ["domestic", "oversea"] as const;
export type DispatchScope = (typeof dispatchScopes)[number];

export const ruleStatuses = ["Enabled", "Disabled"] as const;
export type RuleStatus = (typeof ruleStatuses)[number];
