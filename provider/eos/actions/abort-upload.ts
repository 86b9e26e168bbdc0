import type { BucketPlace, StorageAction } from "../storage-action";
import { ofObject } from "../storage-action";
import type { UploadId } from "./list-uploads";

/**
 * Gives up an upload in parts; its parts are deleted. One that is gone is none.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/abortmultipartupload
 */
export const abortUpload: StorageAction<BucketPlace & UploadId, void> = {
  name: "AbortMultipartUpload",
  ...ofObject,
  readOnly: false,
  repeatable: true,
  method: "DELETE",
  expectedCode: "NoSuchUpload",
  subresource: ({ uploadId }) => ({ uploadId }),
  parameters: () => ({}),
  readAnswer: () => undefined,
};
