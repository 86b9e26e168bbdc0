import { EnsError, hasReason, withDocsLink } from "../../ens/errors";
import { abortUpload } from "../../eos/actions/abort-upload";
import { listObjects } from "../../eos/actions/list-objects";
import type { UploadId } from "../../eos/actions/list-uploads";
import { deleteKeys } from "../../eos/delete-keys";
import type { Page } from "../../eos/listing";
import type { BucketPlace } from "../../eos/storage-action";
import type { Call } from "../../lifecycle/lifecycle";
import { placeOf } from "../../lifecycle/place-of";
import { reportProgress } from "../../lifecycle/report-progress";
import type { BucketContent } from "./bucket-content";
import { contentInWords } from "./bucket-content";
import { listAnyUploads } from "./list-any-uploads";

/** After so many rounds that all found something, others write to the bucket. */
const mostRounds = 5;

/** Milliseconds before each round after the second, for a listing that lags behind what was deleted. */
const pause = 1000;

/**
 * Deletes all that a bucket has: objects, and uploads that are not finished. It ends when a listing shows nothing, also
 * because the storage does not know the bucket. What is deleted stays deleted, however it ends.
 *
 * @throws EnsError when others write to the bucket all the time
 */
export async function emptyBucket(bucketName: string, call: Call): Promise<void> {
  const place = await placeOf(bucketName, call);
  const deleted = { objects: 0, uploads: 0 };
  const line = () => `${call.shown(bucketName)}: ${contentInWords(deleted)} deleted`;
  const work = emptyInRounds(place, deleted, call).catch((error: unknown) => {
    // The storage does not know a bucket that was just made, or deleted meanwhile. ENS knows which.
    if (!hasReason(error, "noSuchBucket")) throw error;
  });
  await reportProgress(work, line, call);
}

type Counts = { -readonly [Name in keyof BucketContent]: BucketContent[Name] };

async function emptyInRounds(place: BucketPlace, deleted: Counts, call: Call): Promise<void> {
  for (let round = 1; round <= mostRounds; round += 1) {
    if (round > 2) await call.timing.sleep(pause, call.signal);
    call.signal.throwIfAborted();
    const before = deleted.objects + deleted.uploads;
    await deleteAll(place, deleted, call);
    if (deleted.objects + deleted.uploads === before) return;
  }
  const objects = await call.objects.call(listObjects, place);
  const uploads = await listAnyUploads(place, call);
  const left = { objects: objects.items.length, uploads: uploads.items.length };
  if (left.objects + left.uploads === 0) return;
  const atLeast = objects.next === undefined && uploads.next === undefined ? "" : "at least ";
  const what =
    `${call.shown(place.bucketName)} is not empty, since others still write to it: ${contentInWords(deleted)} were ` +
    `deleted in ${mostRounds} rounds, and the last listing still showed ${atLeast}${contentInWords(left)}.`;
  const remedy = "Stop what writes to the bucket, then run the command again.";
  throw new EnsError(withDocsLink({ what, remedy }, "bucketNotEmpty"));
}

/** One round: deletes what a listing shows, from its first page to its last. */
async function deleteAll(place: BucketPlace, deleted: Counts, call: Call): Promise<void> {
  await eachPage(
    (marker?: string) =>
      call.objects.call(listObjects, { ...place, ...(marker !== undefined ? { marker } : {}) }),
    async (objects) => {
      await deleteKeys(
        call.objects,
        place,
        objects.map(({ key }) => key),
      );
      deleted.objects += objects.length;
    },
  );
  await eachPage(
    (marker?: UploadId) => listAnyUploads(place, call, marker),
    async (uploads) => {
      for (const { key, uploadId } of uploads) {
        await call.objects.call(abortUpload, { ...place, key, uploadId });
        deleted.uploads += 1;
      }
    },
  );
}

interface Dated {
  readonly since: number;
}

/** Goes through a listing, and deletes each page before it asks for the next. */
async function eachPage<Item extends Dated, Marker>(
  list: (marker?: Marker) => Promise<Page<Item, Marker>>,
  remove: (items: readonly Item[]) => Promise<void>,
): Promise<void> {
  let page = await list();
  const began = page.listedAt;
  for (;;) {
    await remove(page.items);
    // Names in ascending order, as those with a time in them, could go on for ever.
    const isAllNew = page.items.length > 0 && page.items.every(({ since }) => since > began);
    if (page.next === undefined || isAllNew) return;
    page = await list(page.next);
  }
}
