import { isBucketName } from "../bucket-name";
import type { BucketAcl, LogicalBucketType } from "../bucket-words";
import { bucketAcls } from "../bucket-words";
import type { Fields, TextRule } from "../fields";

/** A bucket as ENS describes it. What it leaves out is nowhere to be read: its dispatch scope. */
export interface BucketInfo {
  readonly bucketName: string;
  readonly bucketAcl: BucketAcl;
  readonly logicalBucketType: LogicalBucketType;
  /** Empty where there is none. */
  readonly comment: string;
  /** The edge node. Only ListBuckets tells it. */
  readonly ensRegionId?: string;
}

export function readBucketInfo(fields: Fields): BucketInfo {
  const ensRegionId = fields.optionalText("EnsRegionId", anyWord);
  return {
    bucketName: fields.text("BucketName", { expected: "the name of a bucket", test: isBucketName }),
    bucketAcl: fields.text("BucketAcl", aclRule) as BucketAcl,
    // What it says of a bucket that is no sink is not documented: `standard`, nothing, or an empty text.
    logicalBucketType: fields.optionalText("LogicalBucketType", anyWord) === "sink" ? "sink" : "standard",
    comment: fields.optionalText("Comment", anyWord) ?? "",
    ...(ensRegionId ? { ensRegionId } : {}),
  };
}

const aclRule: TextRule = {
  expected: bucketAcls.join(" or "),
  test: (text) => bucketAcls.some((acl) => acl === text),
};

const anyWord: TextRule = { expected: "a text", test: () => true };
