import { deleteBucket } from "../../ens/actions/delete-bucket";
import { ApiError, CancelledError, EnsError, explanationOf, hasReason } from "../../ens/errors";
import { bucketSubject } from "../../lifecycle/bucket-subject";
import type { Call } from "../../lifecycle/lifecycle";
import { unlessNoBucket } from "../../lifecycle/unless-no-bucket";
import { NotSettled, untilTwoAgree } from "../../lifecycle/until-two-agree";
import { countInWords, countObjects } from "./count-objects";
import { deleteListed } from "./delete-listed";
import { emptyBucket } from "./empty-bucket";
import { look } from "./look";
import type { BucketInputs } from "./properties";

/** How often a bucket is emptied that is not empty when it is deleted right after. */
const mostTimesEmptied = 3;

/**
 * Deletes a bucket, and waits until ENS says twice that there is none: after a deletion it answers with nothing, with an
 * error, and with the bucket in turn. A bucket that is gone already is success.
 *
 * @throws EnsError when it is not empty, and the program did not say that its objects go with it
 */
export async function remove(inputs: BucketInputs, call: Call): Promise<void> {
  try {
    await removeAndWait(inputs, call);
  } catch (error) {
    if (!CancelledError.isInstance(error)) throw error;
    throw new CancelledError({
      what:
        `The deployment was cancelled while ${bucketSubject(inputs.bucketName, call)} was being deleted. What is deleted ` +
        "stays deleted.",
      remedy: "Run the command again to go on.",
    });
  }
}

async function removeAndWait(inputs: BucketInputs, call: Call): Promise<void> {
  const { bucketName } = inputs;
  const { settings, shown, timing, deployment, tell } = call;
  if (deployment.adoptedBuckets.has(bucketName)) {
    tell(`${bucketSubject(bucketName, call)}: another resource has just taken it over, so it is not deleted`);
    return;
  }
  const reading = {
    read: () => look(bucketName, call),
    subject: bucketSubject(bucketName, call),
    goal: "shows that it is deleted",
  };
  await deleteWhenEmpty(inputs, call);
  const end = timing.now() + settings.consistencyTimeout * 1000;
  try {
    while (timing.now() < end) {
      if ((await untilTwoAgree(reading, call)) === undefined) {
        deployment.deletedBuckets.add(bucketName);
        deployment.places.delete(bucketName);
        return;
      }
      // A replica that did not know a new bucket yet may have said that there is none to delete.
      await deleteWhenEmpty(inputs, call);
    }
  } catch (error) {
    if (!(error instanceof NotSettled)) throw error;
  }
  const what =
    `Bucket "${shown(bucketName)}" was deleted, but after ${settings.consistencyTimeout} s ENS still shows it at times. ` +
    "It stays in state.";
  const remedy = `Run the command again, or allow more time: ${settings.howToSet({ consistencyTimeout: 600 })}.`;
  throw new NotSettled({ what, remedy });
}

async function deleteWhenEmpty({ bucketName, forceDestroy }: BucketInputs, call: Call): Promise<void> {
  for (let emptied = 0; ; emptied += 1) {
    try {
      return await call.ens.call(deleteBucket, { bucketName });
    } catch (error) {
      if (hasReason(error, "noSuchBucket")) return;
      if (!hasReason(error, "bucketNotEmpty")) throw error;
      if (forceDestroy !== true)
        throw await withCount(error, bucketName, call, explanationOf(error.message).remedy);
      if (emptied >= mostTimesEmptied) throw await withCount(error, bucketName, call, othersWrite, notShown);
      // Where there is no such bucket, it is gone by now, or a replica does not know it yet: the next deletion tells.
      await unlessNoBucket(async () => {
        await emptyBucket(bucketName, call);
        // What the storage does not show.
        if (emptied > 0) await deleteListed(bucketName, call);
      });
    }
  }
}

const othersWrite = `It was emptied ${mostTimesEmptied} times. Stop what writes to it, and run the command again.`;

const notShown =
  `It was emptied ${mostTimesEmptied} times, and nothing shows what it has. Run the command again in five minutes; if it ` +
  "fails again, give Alibaba Cloud's support the request id.";

/**
 * The error with what keeps the bucket from being deleted, as far as that can be asked.
 *
 * @param otherwise - What to do where that cannot be told.
 */
async function withCount(
  error: ApiError,
  bucketName: string,
  call: Call,
  remedy: string,
  otherwise = remedy,
): Promise<ApiError> {
  const found = await countObjects(bucketName, call).then(countInWords, (cause) => {
    if (!EnsError.isInstance(cause) || CancelledError.isInstance(cause)) throw cause;
    return "";
  });
  if (found === "")
    return new ApiError({ what: explanationOf(error.message).what, remedy: otherwise }, error);
  const what =
    `Bucket "${call.shown(bucketName)}" was not deleted, since it is not empty: it has ${found} ` +
    `(${error.code}, request id ${error.requestId ?? "none"}).`;
  return new ApiError({ what, remedy }, error);
}
