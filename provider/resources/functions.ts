import type { BucketAcl, LogicalBucketType } from "../ens/bucket-words";
import type { UploadTarget } from "../lifecycle/upload-target";
import type { BucketLifecycleRule } from "./bucket/properties";

/** The bucket to look up, and for whom. */
export interface GetPreparedUploadArgs {
  /** The logical bucket. */
  readonly bucketName: string;
  /** The public IPv4 or IPv6 address that will upload. Default: the address ENS sees the call come from. */
  readonly clientIp?: string;
}

/** Where a bucket physically is. */
export interface GetPreparedUploadResult extends UploadTarget {
  /** All of it as one value. */
  readonly target: UploadTarget;
}

/** The bucket to look up. */
export interface GetBucketArgs {
  /** The logical bucket. */
  readonly bucketName: string;
}

/** What ENS says of a bucket wherever it is asked. */
export interface ListedBucket {
  /** The logical bucket. */
  readonly bucketName: string;
  /** Who may read and write it without credentials of its account. */
  readonly bucketAcl: BucketAcl;
  /** `standard` or `sink`. */
  readonly logicalBucketType: LogicalBucketType;
  /** The edge node, where ENS tells one. */
  readonly ensRegionId?: string;
  /** The comment, where there is one. */
  readonly comment?: string;
}

/** A bucket as it is. Where ENS schedules it, ENS never tells. */
export interface GetBucketResult extends ListedBucket {
  /** All its lifecycle rules. A rule that others made with a date has no `expirationDays`. */
  readonly lifecycleRules: readonly BucketLifecycleRule[];
}

/** Which buckets to list. */
export interface ListBucketsArgs {
  /** What the names of the buckets begin with. Default: all buckets. */
  readonly prefix?: string;
}

/** Buckets of the account. */
export interface ListBucketsResult {
  /** The buckets, in the order of their names. */
  readonly buckets: readonly ListedBucket[];
}

/** What programs can ask the plugin besides resources. The schema has each, with its documentation. */
export interface Functions {
  /** Asks ENS where an EOS bucket physically is, without managing anything. It fails where there is no such bucket. */
  getPreparedUpload(args: GetPreparedUploadArgs): GetPreparedUploadResult;
  /** Looks an EOS bucket up without managing it. It fails where there is no such bucket. */
  getBucket(args: GetBucketArgs): GetBucketResult;
  /** Lists the account's EOS buckets. */
  listBuckets(args: ListBucketsArgs): ListBucketsResult;
}
