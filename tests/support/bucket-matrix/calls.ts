import type { Parameters } from "./asker";

/** What cannot be, by action, with the answer's code and status. `media-assets` is there, and has a rule. */
export const refused: readonly (readonly [string, Parameters, string, number])[] = [
  ["PutBucket", {}, "MissingBucketName", 400],
  ["PutBucket", { BucketName: "Not_A_Bucket" }, "InvalidBucketName", 400],
  ["PutBucket", { BucketName: "ab" }, "InvalidBucketName", 400],
  ["PutBucket", { BucketName: "b".repeat(51) }, "InvalidBucketName", 400],
  ["PutBucket", { BucketName: "new-assets", BucketAcl: "public" }, "InvalidBucketAcl", 400],
  ["PutBucket", { BucketName: "new-assets", LogicalBucketType: "edge" }, "InvalidLogicalBucketType", 400],
  ["PutBucket", { BucketName: "new-assets", DispatchScope: "overseas" }, "InvalidDispatchScope", 400],
  ["PutBucket", { BucketName: "new-assets", Comment: "😀".repeat(129) }, "InvalidComment", 400],
  ["PutBucket", { BucketName: "new-assets", LogicalBucketType: "sink" }, "MissingEnsRegionId", 400],
  ["PutBucket", { BucketName: "new-assets", EnsRegionId: "cn-nowhere-1" }, "NoSuchEnsRegion", 404],
  ["PutBucket", { BucketName: "new-assets", EnsRegionId: "cn-dalian-unicom" }, "OperationDenied", 403],
  ["PutBucket", { BucketName: "media-assets" }, "BucketAlreadyExists", 400],
  ["ListBuckets", { PageNumber: "0" }, "InvalidParameter.PageNumber", 400],
  ["ListBuckets", { PageNumber: "first" }, "InvalidParameter.PageNumber", 400],
  ["ListBuckets", { PageSize: "101" }, "InvalidParameter.PageSize", 400],
  ["PutBucketAcl", { BucketName: "media-assets" }, "MissingBucketAcl", 400],
  ["PutBucketAcl", { BucketName: "media-assets", BucketAcl: "public" }, "InvalidBucketAcl", 400],
  ["UpdateBucketInfo", { BucketName: "media-assets", Comment: "x".repeat(129) }, "InvalidComment", 400],
  ["PutBucketLifecycle", { BucketName: "media-assets", ExpirationDays: 7 }, "MissingStatus", 400],
  ["PutBucketLifecycle", { ...rule({ Status: "On" }) }, "InvalidStatus", 400],
  ["PutBucketLifecycle", { BucketName: "media-assets", Status: "Enabled" }, "MissingExpirationDays", 400],
  ["PutBucketLifecycle", rule({ ExpirationDays: 0 }), "InvalidParameter.ExpirationDays", 400],
  [
    "PutBucketLifecycle",
    rule({ CreatedBeforeDate: "2026-01-01T00:00:00Z" }),
    "InvalidCreatedBeforeDate",
    400,
  ],
  [
    "PutBucketLifecycle",
    { BucketName: "media-assets", Status: "Enabled", CreatedBeforeDate: "soon" },
    "InvalidCreatedBeforeDate",
    400,
  ],
  ["PutBucketLifecycle", rule({ Prefix: "p".repeat(1024) }), "InvalidPrefix", 400],
  ["PutBucketLifecycle", rule({ Prefix: "tmp/" }), "InvalidParameter.Prefix", 400],
  [
    "PutBucketLifecycle",
    rule({ Prefix: "tmp/", AllowSameActionOverlap: true }),
    "InvalidParameter.Prefix",
    400,
  ],
  ["PutBucketLifecycle", rule({ Prefix: "tmp/old/" }), "InvalidParameter.Prefix", 400],
  ["PutBucketLifecycle", rule({ AllowSameActionOverlap: false }), "InvalidParameter.Prefix", 400],
  ["PutBucketLifecycle", rule({ RuleId: "r".repeat(256) }), "InvalidRuleId", 400],
  ["PutBucketLifecycle", rule({ AllowSameActionOverlap: "maybe" }), "InvalidAllowSameActionOverlap", 400],
  ["PutBucketLifecycle", rule({ RuleId: "mine" }), "NoSuchLifecycle", 404],
  ["GetBucketLifecycle", { BucketName: "media-assets", RuleId: "mine" }, "NoSuchLifecycle", 404],
  ["DeleteBucketLifecycle", { BucketName: "media-assets", RuleId: "mine" }, "NoSuchLifecycle", 404],
  ["ListObjects", { BucketName: "media-assets", MaxKeys: 1001 }, "InvalidParameter.MaxKeys", 400],
  ["ListObjects", { BucketName: "media-assets", EncodingType: "base64" }, "InvalidEncodingType", 400],
  ["ListObjects", { BucketName: "media-assets", Prefix: "p".repeat(1000) }, "InvalidPrefix", 400],
  ["ListObjects", { BucketName: "media-assets", Marker: "m".repeat(1024) }, "InvalidMarker", 400],
  ["ListObjects", { BucketName: "media-assets", StartAfter: "s".repeat(1000) }, "InvalidStartAfter", 400],
  ["DeleteObject", { BucketName: "media-assets" }, "MissingObjectKey", 400],
  ["DeleteObject", { BucketName: "media-assets", ObjectKey: "nothing" }, "NoSuchKey", 404],
];

/** Every action about a bucket, with what it needs besides the bucket's name. */
export const aboutBuckets: readonly (readonly [string, Parameters])[] = [
  ["GetBucketInfo", {}],
  ["UpdateBucketInfo", { Comment: "new" }],
  ["PutBucketAcl", { BucketAcl: "private" }],
  ["GetBucketAcl", {}],
  ["PutBucketLifecycle", { Status: "Enabled", ExpirationDays: 7 }],
  ["GetBucketLifecycle", {}],
  ["DeleteBucketLifecycle", {}],
  ["ListObjects", {}],
  ["DeleteObject", { ObjectKey: "key" }],
  ["PrepareUpload", {}],
  ["DeleteBucket", {}],
];

/** A rule of `media-assets`. */
export function rule(parameters: Parameters): Parameters {
  return { BucketName: "media-assets", Status: "Enabled", ExpirationDays: 7, ...parameters };
}
