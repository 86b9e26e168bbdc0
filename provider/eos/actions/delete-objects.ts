import { asInUrl } from "../listing";
import type { BucketPlace, StorageAction } from "../storage-action";
import { inStorage } from "../storage-action";

/** Objects of a bucket. */
export interface DeleteObjectsRequest extends BucketPlace {
  /** A thousand at most, each {@link fitsXml}. */
  readonly keys: readonly string[];
}

/**
 * Deletes many objects. It is an error if one of them cannot be deleted; the others then are.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletemultipleobjects
 */
export const deleteObjects: StorageAction<DeleteObjectsRequest, void> = {
  name: "DeleteMultipleObjects",
  ...inStorage,
  // Some may begin with what was a secret earlier.
  hidden: ({ secretPrefixes = [], keys }) => (secretPrefixes.length > 0 ? [...secretPrefixes, ...keys] : []),
  readOnly: false,
  repeatable: true,
  method: "POST",
  element: "DeleteResult",
  subresource: () => ({ delete: "" }),
  parameters: () => asInUrl,
  xml: ({ keys }) => {
    const objects = keys.map((key) => `<Object><Key>${inXml(key)}</Key></Object>`);
    return `<?xml version="1.0" encoding="UTF-8"?><Delete><Quiet>true</Quiet>${objects.join("")}</Delete>`;
  },
  readAnswer: () => undefined,
};

/** Whether XML can carry a key: it has no form for most control characters. */
export function fitsXml(key: string): boolean {
  return !/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(key);
}

/** As a number, whatever has a meaning in XML; a reader would also turn `\r` into `\n`. */
function inXml(key: string): string {
  return key.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
