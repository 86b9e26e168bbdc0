import { codeOf } from "../ens/code-of";
import { ConnectionError, EnsError, hasReason, withDocsLink } from "../ens/errors";
import type { BucketPlace } from "../eos/storage-action";
import { bucketSubject } from "./bucket-subject";
import type { Call } from "./lifecycle";
import { namingNearest } from "./nearest-bucket";
import { placeOf } from "./place-of";

/** Milliseconds between attempts, each of which gives a line. */
const pause = 3000;

/** The vendor's pages say five minutes. In milliseconds. */
const longest = 6 * 60_000;

/**
 * Works with a bucket's objects. For minutes after a bucket was made the storage may not know it, though ENS says where it
 * is; then this waits, asks ENS again, and tries again.
 *
 * @param work - Is begun again each time, so it should begin with what costs little.
 * @throws EnsError when the storage does not know the bucket for six minutes; what ENS says, when the bucket is gone
 */
export async function untilBucketIsKnown<T>(
  bucketName: string,
  work: (place: BucketPlace) => Promise<T>,
  call: Call,
): Promise<T> {
  const { timing, signal, tell, deployment } = call;
  const name = bucketSubject(bucketName, call);
  let started: number | undefined;
  for (;;) {
    const place = await namingNearest(() => placeOf(bucketName, call), call);
    try {
      return await work(place);
    } catch (error) {
      const why = whyUnknown(error, place);
      if (why === undefined) throw error;
      started ??= timing.now();
      if (timing.now() + pause - started > longest) {
        const what = `ENS says where ${name} is, but after ${longest / 60_000} minutes ${why.who} still ${why.what}.`;
        const remedy =
          "Run the command again later; if it fails again, give Alibaba Cloud's support the name of the bucket.";
        throw new EnsError(withDocsLink({ what, remedy }, "noSuchBucket"), { cause: error });
      }
      await timing.sleep(pause, signal);
      signal.throwIfAborted();
      const seconds = Math.round((timing.now() - started) / 1000);
      tell(
        `${name}: ${why.who} ${why.what} yet; a new bucket needs up to five minutes (${seconds} s so far)`,
      );
      // It may be gone, or somewhere else, by now.
      deployment.places.delete(bucketName);
    }
  }
}

/** Why work failed, where it is that the bucket is too new. */
function whyUnknown(
  error: unknown,
  { endpoint }: BucketPlace,
): { readonly who: string; readonly what: string } | undefined {
  if (hasReason(error, "noSuchBucket")) return { who: "the object storage", what: "does not know it" };
  const code = ConnectionError.isInstance(error) ? codeOf(error.cause) : undefined;
  if (code !== "ENOTFOUND" && code !== "EAI_AGAIN") return undefined;
  // A bucket's name is one below that of the endpoint.
  return { who: `its name at ${endpoint}`, what: "does not resolve" };
}
