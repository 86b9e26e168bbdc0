import { bucketSubject } from "../../lifecycle/bucket-subject";
import type { Call } from "../../lifecycle/lifecycle";
import type { BucketObjectInputs } from "./properties";

export function nameOf({ bucketName, key }: Pick<BucketObjectInputs, "bucketName" | "key">): string {
  return `${bucketName}/${key}`;
}

export function subjectOf(
  { key, bucketName }: Pick<BucketObjectInputs, "bucketName" | "key">,
  { shown }: Pick<Call, "shown">,
): string {
  return `object "${shown(key)}" of ${bucketSubject(bucketName, { shown })}`;
}
