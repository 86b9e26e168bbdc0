import type { BucketPlace, StorageAction } from "../storage-action";
import { inStorage } from "../storage-action";

/** An object of a bucket. */
export interface ObjectRequest extends BucketPlace {
  readonly key: string;
}

/**
 * Deletes an object. The storage does not say whether there was one.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteobject
 */
export const deleteObject: StorageAction<ObjectRequest, void> = {
  name: "DeleteObject",
  ...inStorage,
  readOnly: false,
  repeatable: true,
  method: "DELETE",
  doneBefore: "NoSuchKey",
  key: ({ key }) => key,
  parameters: () => ({}),
  readAnswer: () => undefined,
};
