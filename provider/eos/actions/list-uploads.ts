import type { Page } from "../listing";
import { asInUrl, keyText, pageSize, readMarker, readPage, readTime } from "../listing";
import type { BucketPlace, StorageAction } from "../storage-action";
import { inStorage } from "../storage-action";

/** An upload in parts. */
export interface UploadId {
  readonly key: string;
  readonly uploadId: string;
}

/** A page of a bucket's unfinished uploads. */
export interface ListUploadsRequest extends BucketPlace {
  /** The upload after which the page begins. Left out for the first. */
  readonly marker?: UploadId;
}

/** An unfinished upload as a listing shows it. */
export interface ListedUpload extends UploadId {
  /** When it was begun, in milliseconds since 1970. */
  readonly since: number;
}

/**
 * Lists a bucket's uploads in parts that are not finished, by key.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listmultipartuploads
 */
export const listUploads: StorageAction<ListUploadsRequest, Page<ListedUpload, UploadId>> = {
  name: "ListMultipartUploads",
  ...inStorage,
  readOnly: true,
  repeatable: true,
  method: "GET",
  element: "ListMultipartUploadsResult",
  subresource: () => ({ uploads: "" }),
  parameters: ({ marker }) => ({
    ...asInUrl,
    "max-uploads": String(pageSize),
    ...(marker !== undefined ? { "key-marker": marker.key, "upload-id-marker": marker.uploadId } : {}),
  }),
  readAnswer: (fields) => {
    const uploads = fields.objects("Upload").map((upload) => ({
      key: upload.text("Key", keyText),
      uploadId: upload.text("UploadId", keyText),
      since: readTime(upload, "Initiated"),
    }));
    const last = uploads.at(-1);
    return readPage(fields, uploads, () => ({
      key: readMarker(fields, "NextKeyMarker", last?.key),
      uploadId: readMarker(fields, "NextUploadIdMarker", last?.uploadId),
    }));
  },
};
