import { anyText } from "../../ens/fields";
import { readEtag } from "../etag";
import { readSize, readTime } from "../listing";
import type { ObjectHeaders } from "../object-headers";
import { readHeaders } from "../object-headers";
import type { ObjectRequest, StorageAction } from "../storage-action";
import { ofObject } from "../storage-action";

/** What is known of an object besides its content. */
export interface StoredObject extends ObjectHeaders {
  /** In lower case, without quotes. */
  readonly etag: string;
  /** In bytes. */
  readonly size: number;
  /** When it was written, in milliseconds since 1970, in whole seconds. */
  readonly since: number;
}

/**
 * Asks for what is known of an object; `undefined` where there is none.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/headobject
 */
export const headObject: StorageAction<ObjectRequest, StoredObject | undefined> = {
  name: "HeadObject",
  ...ofObject,
  readOnly: true,
  repeatable: true,
  method: "HEAD",
  expectedCode: "NoSuchKey",
  parameters: () => ({}),
  readAnswer: (fields) => {
    if (fields.optionalText("Code", anyText) !== undefined) return undefined;
    const headers = fields.object("Headers");
    return {
      etag: readEtag(headers, "etag"),
      size: readSize(headers, "content-length"),
      since: readTime(headers, "last-modified"),
      ...readHeaders(fields),
    };
  },
};
