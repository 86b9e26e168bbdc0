import { readEtag } from "../etag";
import type { ContentRequest, ObjectRequest, StorageAction } from "../storage-action";
import { ofObject } from "../storage-action";
import type { UploadId } from "./list-uploads";
import type { PutObjectAnswer } from "./put-object";

/** A part of an upload, the first of which has the number 1. */
export interface UploadPartRequest extends ObjectRequest, UploadId, ContentRequest {
  readonly partNumber: number;
}

/**
 * Sends a part, in the place of one with its number.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/uploadpart
 */
export const uploadPart: StorageAction<UploadPartRequest, PutObjectAnswer> = {
  name: "UploadPart",
  ...ofObject,
  readOnly: false,
  repeatable: true,
  method: "PUT",
  body: (request) => request,
  subresource: ({ partNumber, uploadId }) => ({ partNumber: String(partNumber), uploadId }),
  parameters: () => ({}),
  readAnswer: (fields) => ({ etag: readEtag(fields.object("Headers"), "etag") }),
};
