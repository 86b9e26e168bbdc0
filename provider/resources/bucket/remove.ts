import { deleteBucket } from "../../ens/actions/delete-bucket";
import { ApiError, EnsError, hasReason, withSentence } from "../../ens/errors";
import type { Call } from "../../lifecycle/lifecycle";
import { NotSettled, untilTwoAgree } from "../../lifecycle/until-two-agree";
import { look } from "./look";
import type { BucketInputs } from "./properties";

/**
 * Deletes a bucket, and waits until ENS says twice that there is none: after a deletion it answers with nothing, with an
 * error, and with the bucket in turn. A bucket that is gone already is success.
 */
export async function remove(inputs: BucketInputs, call: Call): Promise<void> {
  const { bucketName } = inputs;
  const { settings, shown, timing, deletedBuckets } = call;
  const end = timing.now() + settings.consistencyTimeout * 1000;
  const reading = {
    read: () => look(bucketName, call),
    subject: `bucket "${shown(bucketName)}"`,
    goal: "shows that it is deleted",
  };
  try {
    do {
      await deleteOnce(inputs, call);
      if ((await untilTwoAgree(reading, call)) === undefined) {
        deletedBuckets.add(bucketName);
        return;
      }
      // A replica that did not know the bucket yet may have said that there is none to delete.
    } while (timing.now() < end);
  } catch (error) {
    if (!NotSettled.isInstance(error)) throw error;
  }
  throw new EnsError(
    `Bucket "${shown(bucketName)}" was deleted, but after ${settings.consistencyTimeout} s ENS still shows it at times. ` +
      "It stays in state: run the command again, " +
      `or allow more time: ${settings.howToSet({ consistencyTimeout: 600 })}.`,
  );
}

async function deleteOnce({ bucketName, forceDestroy }: BucketInputs, call: Call): Promise<void> {
  try {
    await call.ens.call(deleteBucket, { bucketName });
  } catch (error) {
    if (hasReason(error, "noSuchBucket")) return;
    throw error;
  }
}
