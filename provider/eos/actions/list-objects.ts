import { readEtag } from "../etag";
import type { Page } from "../listing";
import { asInUrl, keyText, pageSize, readMarker, readPage, readSize, readTime } from "../listing";
import type { BucketPlace, StorageAction } from "../storage-action";
import { inStorage } from "../storage-action";

/** A page of a bucket's objects. */
export interface ListObjectsRequest extends BucketPlace {
  /** What the keys begin with. Default: all objects. */
  readonly prefix?: string;
  /** The key after which the page begins. Left out for the first. */
  readonly marker?: string;
}

/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string;
  /** In lower case, without quotes. */
  readonly etag: string;
  /** In bytes. */
  readonly size: number;
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
  parameters: ({ prefix, marker }) => ({
    ...asInUrl,
    "max-keys": String(pageSize),
    ...(prefix !== undefined ? { prefix } : {}),
    ...(marker !== undefined ? { marker } : {}),
  }),
  readAnswer: (fields) => {
    const objects = fields.objects("Contents").map((object) => ({
      key: object.text("Key", keyText),
      etag: readEtag(object, "ETag"),
      size: readSize(object, "Size"),
      since: readTime(object, "LastModified"),
    }));
    return readPage(fields, objects, () => readMarker(fields, "NextMarker", objects.at(-1)?.key));
  },
};
