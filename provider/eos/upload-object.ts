import { CancelledError, EnsError, withDocsLink } from "../ens/errors";
import { quoted } from "../ens/text/quoted";
import { abortUpload } from "./actions/abort-upload";
import type { BegunUpload } from "./actions/begin-upload";
import { beginUpload } from "./actions/begin-upload";
import { completeUpload } from "./actions/complete-upload";
import { headObject } from "./actions/head-object";
import type { PutObjectAnswer, PutObjectRequest } from "./actions/put-object";
import { putObject } from "./actions/put-object";
import { uploadPart } from "./actions/upload-part";
import { ContentFault, contentRemedy } from "./content";
import { contentParts } from "./content-parts";
import type { ObjectStorage } from "./object-storage";
import type { ObjectRequest } from "./storage-action";
import { shownKey } from "./storage-action";

/** How an object is uploaded. */
export interface UploadOptions {
  /** A value of the request as an error may show it. */
  shown(value: string): string;
  /** The largest content that is put in one request, in bytes. Default: 100 MB. */
  readonly largestPut?: number;
  /** How large parts are at least, in bytes. Default: 10 MB. */
  readonly partSize?: number;
}

const megabyte = 1024 * 1024;

/** The storage takes no more for one object. */
const mostParts = 10_000;

/** Of one object. With those of others they share the slots of the process. */
const partsAtATime = 4;

/** How long giving up an upload may take, in milliseconds: who cancels waits for it. */
const cleanUpMs = { cancelled: 700, failed: 5000 };

/**
 * Uploads an object, in parts where it is large. A part that fails is repeated by itself; an upload that fails or is
 * cancelled leaves no parts. `onSent` of the request is told how many bytes of the object have been sent; what has to be
 * sent again is taken back.
 *
 * @throws What {@link ObjectStorage.call} does
 */
export async function uploadObject(
  storage: ObjectStorage,
  request: PutObjectRequest,
  { shown, largestPut = 100 * megabyte, partSize = 10 * megabyte }: UploadOptions,
): Promise<PutObjectAnswer> {
  const { content } = request;
  if (content.size <= largestPut) return storage.call(putObject, request);
  const begun = await storage.call(beginUpload, request);
  try {
    const etags = await sendParts(storage, request, begun.uploadId, partSizeFor(content.size, partSize));
    return await complete(storage, request, begun, etags, shown);
  } catch (error) {
    const { uploadId } = begun;
    const withinMs = CancelledError.isInstance(error) ? cleanUpMs.cancelled : cleanUpMs.failed;
    await storage.tryOnce(abortUpload, { ...objectOf(request), uploadId }, withinMs);
    if (!(error instanceof ContentFault)) throw error;
    const what = `The upload of ${subject(request, shown)} failed: ${error.message}.`;
    throw new EnsError(withDocsLink({ what, remedy: contentRemedy }, "file"), { cause: error.cause });
  }
}

function partSizeFor(size: number, wanted: number): number {
  const least = Math.ceil(size / mostParts);
  return least <= wanted ? wanted : Math.ceil(least / megabyte) * megabyte;
}

/** Sends all parts, several at a time; gives their ETags in order. The first that fails ends the others. */
async function sendParts(
  storage: ObjectStorage,
  { content, onSent, ...request }: PutObjectRequest,
  uploadId: string,
  partSize: number,
): Promise<readonly string[]> {
  const stopped = new AbortController();
  const parts = contentParts(content, partSize, stopped.signal);
  const etags: string[] = [];
  let sent = 0;
  const sendInTurn = async () => {
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      const { number, content: part } = next.value;
      let sentOfPart = 0;
      const { etag } = await storage.call(uploadPart, {
        ...request,
        uploadId,
        partNumber: number,
        content: part,
        onSent: (bytes) => {
          sent += bytes - sentOfPart;
          sentOfPart = bytes;
          onSent?.(sent);
        },
      });
      etags[number - 1] = etag;
    }
  };
  const failures: unknown[] = [];
  const sendOrStop = () =>
    sendInTurn().catch((error: unknown) => {
      failures.push(error);
      stopped.abort();
    });
  await Promise.all(Array.from({ length: partsAtATime }, sendOrStop));
  if (failures.length > 0) throw failures[0];
  return etags;
}

/** Makes an object of the parts. */
async function complete(
  storage: ObjectStorage,
  request: PutObjectRequest,
  { uploadId, since }: BegunUpload,
  etags: readonly string[],
  shown: UploadOptions["shown"],
): Promise<PutObjectAnswer> {
  const { content } = request;
  const object = objectOf(request);
  const { etag } = await storage.call(completeUpload, { ...object, uploadId, etags });
  if (etag !== undefined) return { etag };
  // The storage does not know the upload: an answer was lost that said that it is complete, or it is gone.
  const found = await storage.call(headObject, object);
  if (found !== undefined && found.size === content.size && found.since >= since) return { etag: found.etag };
  const what = `The upload of ${subject(request, shown)} was gone before it was complete: something else aborted it.`;
  throw new EnsError(withDocsLink({ what, remedy: "Run the command again." }, "noSuchUpload"));
}

/** Where it is, without what it is. */
function objectOf({
  bucketName,
  physicalBucketName,
  endpoint,
  secretPrefixes = [],
  key,
}: PutObjectRequest): ObjectRequest {
  return { bucketName, physicalBucketName, endpoint, secretPrefixes, key };
}

function subject(request: PutObjectRequest, shown: UploadOptions["shown"]): string {
  return `object ${quoted(shown(shownKey(request)))} to bucket ${quoted(shown(request.bucketName))}`;
}
