import { deleteObject } from "./actions/delete-object";
import { deleteObjects, fitsXml } from "./actions/delete-objects";
import type { ObjectStorage } from "./object-storage";
import type { BucketPlace } from "./storage-action";

/** Deletes up to a thousand objects: in one request, but one by one where XML cannot carry the key. */
export async function deleteKeys(
  storage: ObjectStorage,
  place: BucketPlace,
  all: readonly string[],
): Promise<void> {
  const keys = all.filter(fitsXml);
  if (keys.length > 0) await storage.call(deleteObjects, { ...place, keys });
  for (const key of all) if (!fitsXml(key)) await storage.call(deleteObject, { ...place, key });
}
