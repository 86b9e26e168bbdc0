import { asInUrl, keyText, readTime } from "../listing";
import type { ObjectHeaders } from "../object-headers";
import { httpHeaders, shownHeaders } from "../object-headers";
import type { ObjectRequest, StorageAction } from "../storage-action";
import { ofObject } from "../storage-action";

/** An upload in parts that has begun. */
export interface BegunUpload {
  readonly uploadId: string;
  /** When, by the storage's clock, in milliseconds since 1970, in whole seconds. */
  readonly since: number;
}

/**
 * Begins an upload in parts. Where an answer was lost, the upload that began has no part, and nobody knows its id.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/initiatemultipartupload
 */
export const beginUpload: StorageAction<ObjectRequest & ObjectHeaders, BegunUpload> = {
  name: "InitiateMultipartUpload",
  ...ofObject,
  inputs: (request) => ({ ...ofObject.inputs(request), ...shownHeaders(request) }),
  readOnly: false,
  repeatable: true,
  method: "POST",
  element: "InitiateMultipartUploadResult",
  headers: (request) => httpHeaders(request),
  subresource: () => ({ uploads: "" }),
  parameters: () => asInUrl,
  readAnswer: (fields) => ({ uploadId: fields.text("UploadId", keyText), since: readTime(fields, "Date") }),
};
