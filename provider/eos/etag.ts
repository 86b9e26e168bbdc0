import type { Fields } from "../ens/fields";

const etagText = { expected: "an ETag", test: (text: string) => /^"?[\w-]{1,128}"?$/.test(text) };

/**
 * An ETag without quotes and in lower case, since the storage may write it in either. Of an object that was put in one
 * request it is the MD5 of its content in hexadecimal.
 */
export function readEtag(fields: Fields, name: string): string {
  return fields.text(name, etagText).replaceAll('"', "").toLowerCase();
}
