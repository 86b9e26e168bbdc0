import type { BucketAcl, EmulatorAccount } from "../options";
import { Refusal } from "../refusal";
import { isOwnedBy } from "../world/accounts";
import type { World } from "../world/world";
import type { KeyedRequest } from "./single-objects";

/** Refuses who is not the bucket's owner what its ACL does not allow everybody. */
export function checkAccess(
  { bucket, key, method }: KeyedRequest,
  account: EmulatorAccount | undefined,
  { buckets }: World,
): void {
  const owners = buckets.inPhysical(bucket);
  if (account !== undefined && owners.length === 0) return;
  if (account !== undefined && owners.some((one) => isOwnedBy(one, account))) return;
  // The ACL is about objects: a bucket's listing, its rules and its uploads are its owner's.
  const allowing: readonly BucketAcl[] =
    method === "GET" || method === "HEAD" ? ["public-read", "public-read-write"] : ["public-read-write"];
  if (key !== "" && owners.some(({ bucketAcl }) => allowing.includes(bucketAcl))) return;
  throw new Refusal("AccessDenied", 403, "You have no right to access this object because of bucket acl.");
}
