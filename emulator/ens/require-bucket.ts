import type { ActionCall } from "../gateway/action";
import type { CallParameters } from "../gateway/call-parameters";
import { refuseInvalid } from "../gateway/refuse-invalid";
import { Refusal } from "../refusal";
import { isOwnedBy } from "../world/accounts";
import type { BucketState } from "../world/bucket-state";

/** The logical bucket that a call names. */
export function bucketNameOf(parameters: CallParameters): string {
  const name = parameters.text("BucketName");
  return /^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(name) ? name : refuseInvalid("BucketName");
}

function noSuchBucket(): Refusal {
  return new Refusal("NoSuchBucket", 404, "The specified bucket does not exist.");
}

/** The bucket that a call is about, as the call sees it. `null`: it was deleted, and has nothing left but its name. */
export function seeBucket(call: ActionCall): BucketState | null {
  const { parameters, account, world, action } = call;
  const bucket = world.buckets.see(bucketNameOf(parameters), action);
  if (bucket === undefined) throw noSuchBucket();
  // What ENS says of another account's bucket is not documented; this is what OSS says.
  if (bucket !== null && !isOwnedBy(bucket, account)) {
    throw new Refusal("AccessDenied", 403, "The bucket you access does not belong to you.");
  }
  return bucket;
}

/** The same, for actions that need more of it than its name. */
export function requireBucket(call: ActionCall): BucketState {
  const bucket = seeBucket(call);
  if (bucket === null) throw noSuchBucket();
  return bucket;
}

/** The true state of a bucket that a call changes: a replica that still has a deleted one cannot bring it back. */
export function requireBucketToChange(call: ActionCall): BucketState {
  requireBucket(call);
  const bucket = call.world.buckets.byName.get(bucketNameOf(call.parameters));
  if (bucket === undefined) throw noSuchBucket();
  return bucket;
}
