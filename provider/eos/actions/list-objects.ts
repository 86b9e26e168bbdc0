import type { Page } from "../listing";
import { asInUrl, keyText, pageSize, readMarker, readPage, readTime } from "../listing";
import type { BucketPlace, StorageAction } from "../storage-action";
import { inStorage } from "../storage-action";

/** A page of a bucket's objects. */
export interface ListObjectsRequest extends BucketPlace {
  /** The key after which the page begins. Left out for the first. */
  readonly marker?: string;
}

/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string;
  /** When it was written, in milliseconds since 1970. */
  readonly since: number;
}

/**
 * Lists a bucket's objects by key.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listobjects
 */
export const listObjects: StorageAction<ListObjectsRequest, Page<ListedObject, string>> = {
  name: "ListObjects",
  ...inStorage,
  readOnly: true,
  repeatable: true,
  method: "GET",
  element: "ListBucketResult",
  parameters: ({ marker }) => ({
    ...asInUrl,
    "max-keys": String(pageSize),
    ...(marker !== undefined ? { marker } : {}),
  }),
  readAnswer: (fields) => {
    const objects = fields
      .objects("Contents")
      .map((object) => ({ key: object.text("Key", keyText), since: readTime(object, "LastModified") }));
    return readPage(fields, objects, () => readMarker(fields, "NextMarker", objects.at(-1)?.key));
  },
};
