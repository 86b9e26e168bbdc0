import type { BucketInfo } from "../../ens/actions/bucket-info";
import { getBucketInfo } from "../../ens/actions/get-bucket-info";
import { bucketsPerPage, listBuckets } from "../../ens/actions/list-buckets";
import type { Call } from "../../lifecycle/lifecycle";
import { unlessNoBucket } from "../../lifecycle/unless-no-bucket";
import type { BucketLifecycleRule } from "./properties";
import { rulesOf } from "./rules";

/** The edge node of a bucket, where ENS tells one. */
type Node = Pick<BucketInfo, "ensRegionId">;

/** What ENS says of a bucket in one reading. */
export interface Seen extends Node {
  readonly info: Pick<BucketInfo, "bucketAcl" | "logicalBucketType" | "comment">;
  /** Left out where they were not asked for, and where the replica that was asked does not know the bucket. */
  readonly rules?: readonly BucketLifecycleRule[];
}

/** What GetBucketInfo says; `undefined` where there is no bucket. */
export async function look(bucketName: string, { ens }: Call): Promise<Seen["info"] | undefined> {
  const answer = await unlessNoBucket(() => ens.call(getBucketInfo, { bucketName }));
  if (answer?.bucketInfo === undefined) return undefined;
  const { bucketAcl, logicalBucketType, comment } = answer.bucketInfo;
  return { bucketAcl, logicalBucketType, comment };
}

/** A bucket's edge node as the list of buckets has it; `undefined` where the list does not have the bucket. */
export async function listed(bucketName: string, { ens }: Call): Promise<Node | undefined> {
  for (let pageNumber = 1; ; pageNumber += 1) {
    const { buckets, totalCount } = await ens.call(listBuckets, { prefix: bucketName, pageNumber });
    const found = buckets.find((bucket) => bucket.bucketName === bucketName);
    if (found !== undefined) return found.ensRegionId !== undefined ? { ensRegionId: found.ensRegionId } : {};
    if (buckets.length === 0 || pageNumber * bucketsPerPage >= totalCount) return undefined;
  }
}

/** All that ENS says of a bucket; `undefined` where there is none. */
export async function lookAtAll(
  bucketName: string,
  { withRules }: { readonly withRules: boolean },
  call: Call,
): Promise<Seen | undefined> {
  const info = await look(bucketName, call);
  if (info === undefined) return undefined;
  const node = await listed(bucketName, call);
  if (!withRules) return { info, ...node };
  const stored = await unlessNoBucket(() => rulesOf(bucketName, call));
  const rules = stored?.map(({ id: _, ...rule }) => rule);
  return { info, ...node, ...(rules !== undefined ? { rules } : {}) };
}
