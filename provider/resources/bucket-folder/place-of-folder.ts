import type { BucketPlace } from "../../eos/storage-action";
import type { Call } from "../../lifecycle/lifecycle";
import { placeOf } from "../../lifecycle/place-of";
import type { BucketFolderInputs } from "./properties";

type Named = Pick<BucketFolderInputs, "bucketName" | "prefix">;

/** Where a folder's bucket is, for requests whose errors hide a prefix that is a secret. */
export async function placeOfFolder(
  folder: Named,
  before: Named | undefined,
  call: Call,
): Promise<BucketPlace> {
  return hiding(await placeOf(folder.bucketName, call), [folder.prefix, before?.prefix], call);
}

export function hiding(
  place: BucketPlace,
  prefixes: readonly (string | undefined)[],
  { shown }: Pick<Call, "shown">,
): BucketPlace {
  const secretPrefixes = prefixes.flatMap((one = "") => (shown(one) === one ? [] : [one]));
  return secretPrefixes.length > 0 ? { ...place, secretPrefixes } : place;
}
