import { anyText } from "../../ens/fields";
import { readEtag } from "../etag";
import { asInUrl } from "../listing";
import type { ObjectRequest, StorageAction } from "../storage-action";
import { ofObject } from "../storage-action";
import type { UploadId } from "./list-uploads";

/** An upload all of whose parts have arrived. */
export interface CompleteUploadRequest extends ObjectRequest, UploadId {
  /** The ETags of the parts, in order. */
  readonly etags: readonly string[];
}

/** What became of an upload. */
export interface CompletedUpload {
  /** That of the object; left out where the upload is gone: complete, when an answer was lost, or aborted. */
  readonly etag?: string;
}

/**
 * Makes an object of the parts.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/completemultipartupload
 */
export const completeUpload: StorageAction<CompleteUploadRequest, CompletedUpload> = {
  name: "CompleteMultipartUpload",
  ...ofObject,
  readOnly: false,
  repeatable: true,
  method: "POST",
  element: "CompleteMultipartUploadResult",
  expectedCode: "NoSuchUpload",
  subresource: ({ uploadId }) => ({ uploadId }),
  parameters: () => asInUrl,
  xml: ({ etags }) => {
    const parts = etags.map(
      (etag, index) =>
        `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${etag.toUpperCase()}"</ETag></Part>`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?><CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
  },
  readAnswer: (fields) =>
    fields.optionalText("Code", anyText) === undefined ? { etag: readEtag(fields, "ETag") } : {},
};
