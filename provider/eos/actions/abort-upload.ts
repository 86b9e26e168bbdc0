import type { BucketPlace, StorageAction } from "../storage-action";
import { inStorage } from "../storage-action";
import type { UploadId } from "./list-uploads";

/**
 * Gives up an upload in parts; its parts are deleted. One that is gone is none.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/abortmultipartupload
 */
export const abortUpload: StorageAction<BucketPlace & UploadId, void> = {
  name: "AbortMultipartUpload",
  ...inStorage,
  readOnly: false,
  repeatable: true,
  method: "DELETE",
  doneBefore: "NoSuchUpload",
  key: ({ key }) => key,
  subresource: ({ uploadId }) => ({ uploadId }),
  parameters: () => ({}),
  readAnswer: () => undefined,
};
