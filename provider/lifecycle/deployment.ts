import type { BucketPlace } from "../eos/storage-action";

/** What a deployment has learned and done so far, which its other resources need to know. */
export class Deployment {
  /** Buckets that it has deleted. ENS frees their names later. */
  readonly deletedBuckets = new Set<string>();
  /**
   * Buckets that it has taken over. A resource that had one before, and goes, must not delete it: it may be the same
   * resource under another name.
   */
  readonly adoptedBuckets = new Set<string>();
  /** Which resource has a bucket, by its name, or puts an object, by bucket and key. */
  readonly claims = new Map<string, string>();
  /** The names of the account's buckets, where they were needed. */
  bucketNames: Promise<readonly string[]> | undefined;
  /** Where buckets are. */
  readonly places = new Map<string, Promise<BucketPlace>>();
}
