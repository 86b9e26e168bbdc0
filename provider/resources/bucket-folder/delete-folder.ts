import { CancelledError, hasReason } from "../../ens/errors";
import { deleteKeys } from "../../eos/delete-keys";
import { pageSize } from "../../eos/listing";
import type { BucketPlace } from "../../eos/storage-action";
import { isClaimed } from "../../lifecycle/claim";
import type { Call } from "../../lifecycle/lifecycle";
import { reportProgress } from "../../lifecycle/report-progress";
import { subjectOf } from "./differences";
import { entriesIn } from "./entries";
import { placeOfFolder } from "./place-of-folder";
import type { BucketFolderInputs } from "./properties";

/**
 * Deletes the objects of the folder and no others. Those of a bucket that is gone are gone. What another resource of the
 * program puts now stays: it may be the same folder under another name.
 */
export async function deleteFolder(inputs: BucketFolderInputs, call: Call): Promise<void> {
  const { bucketName, prefix = "", files, leftover = [] } = inputs;
  const keys = [...Object.keys(entriesIn(files)).map((name) => `${prefix}${name}`), ...leftover];
  const subject = subjectOf(inputs, call.shown);
  let left = keys;
  const work = async () => {
    if (keys.every((key) => isOfOther(bucketName, key, call))) return;
    const place = await placeOfFolder(inputs, undefined, call);
    while (left.length > 0) {
      await deleteOwn(place, left.slice(0, pageSize), call);
      left = left.slice(pageSize);
    }
  };
  const line = () => `${subject}: ${keys.length - left.length} of ${keys.length} files deleted`;
  try {
    await reportProgress(work(), line, call);
  } catch (error) {
    if (hasReason(error, "noSuchBucket")) return;
    if (!CancelledError.isInstance(error)) throw error;
    throw new CancelledError(
      {
        what:
          `The deployment was cancelled while the files of ${subject} were being deleted, with ${left.length} of ` +
          `${keys.length} left.`,
        remedy: "Run the command again to go on.",
      },
      { cause: error },
    );
  }
}

/** Deletes up to a thousand objects, except those that another resource puts. */
export async function deleteOwn(place: BucketPlace, keys: readonly string[], call: Call): Promise<void> {
  const own = keys.filter((key) => !isOfOther(place.bucketName, key, call));
  if (own.length > 0) await deleteKeys(call.objects, place, own);
}

function isOfOther(bucketName: string, key: string, { deployment }: Call): boolean {
  return isClaimed(deployment, `${bucketName}/${key}`);
}
