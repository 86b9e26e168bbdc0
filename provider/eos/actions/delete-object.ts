import type { ObjectRequest, StorageAction } from "../storage-action";
import { ofObject } from "../storage-action";

/**
 * Deletes an object. The storage does not say whether there was one.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteobject
 */
export const deleteObject: StorageAction<ObjectRequest, void> = {
  name: "DeleteObject",
  ...ofObject,
  readOnly: false,
  repeatable: true,
  method: "DELETE",
  expectedCode: "NoSuchKey",
  parameters: () => ({}),
  readAnswer: () => undefined,
};
