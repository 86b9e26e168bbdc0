import type { BucketProperties } from "../options";

/** Where a bucket is for one client. */
export interface Place {
  readonly physicalBucketName: string;
  readonly endpoint: string;
}

/** A rule by which objects of a bucket expire: some days after they were made, or all that were made before a date. */
export interface LifecycleRule {
  readonly id: string;
  /** What their keys begin with. Empty: all objects. */
  readonly prefix: string;
  readonly status: "Enabled" | "Disabled";
  readonly expirationDays?: number;
  readonly createdBeforeDate?: string;
}

/** A bucket as it is now. */
export interface BucketState
  extends Place,
    Pick<BucketProperties, "ensRegionId" | "dispatchScope">,
    Required<Omit<BucketProperties, "ensRegionId" | "dispatchScope">> {
  readonly placements: readonly (Place & { readonly clientIps: string })[];
  /** The account that owns it. Left out: every account does. */
  readonly accountId?: string;
  readonly createTime: Date;
  readonly modifyTime: Date;
  readonly lifecycleRules: readonly LifecycleRule[];
}
