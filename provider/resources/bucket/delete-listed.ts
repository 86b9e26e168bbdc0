import { deleteObject } from "../../ens/actions/delete-object";
import { listObjects } from "../../ens/actions/list-objects";
import { hasReason } from "../../ens/errors";
import type { Call } from "../../lifecycle/lifecycle";
import { reportProgress } from "../../lifecycle/report-progress";
import { counted } from "./bucket-content";

/**
 * Deletes the objects that ENS lists, one by one. It is slower than the object storage, but also sees objects that a
 * bucket has where it was before: the storage is asked only where PrepareUpload says that the bucket is now.
 */
export async function deleteListed(bucketName: string, call: Call): Promise<void> {
  let deleted = 0;
  const deleteOne = async (key: string) => {
    try {
      await call.ens.call(deleteObject, { bucketName, key });
    } catch (error) {
      if (!hasReason(error, "noSuchObject")) throw error;
    }
    deleted += 1;
  };
  const work = async () => {
    let marker: string | undefined;
    do {
      const page = await call.ens.call(listObjects, {
        bucketName,
        ...(marker !== undefined ? { marker } : {}),
      });
      const waiting = page.keys.values();
      const deleteInTurn = async () => {
        for (const key of waiting) await deleteOne(key);
      };
      await Promise.all(Array.from({ length: call.settings.maxConcurrency }, deleteInTurn));
      marker = page.nextMarker;
    } while (marker !== undefined);
  };
  await reportProgress(
    work(),
    () => `${call.shown(bucketName)}: ${counted(deleted, "object")} deleted`,
    call,
  );
}
