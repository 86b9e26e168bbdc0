import { hasReason } from "../ens/errors";

/** What is in a bucket, or is done with it; `undefined` where there is no such bucket. */
export async function unlessNoBucket<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (hasReason(error, "noSuchBucket")) return undefined;
    throw error;
  }
}
