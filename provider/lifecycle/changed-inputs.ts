import { isDeepStrictEqual } from "node:util";
import type { DiffCall, Properties } from "./lifecycle";

/** Which of these inputs differ. Null counts as left out. */
export function changedInputs<Name extends string>(
  olds: Properties,
  news: Properties,
  names: readonly Name[],
): readonly Name[] {
  return names.filter((name) => !isDeepStrictEqual(olds[name] ?? undefined, news[name] ?? undefined));
}

/**
 * Whether the bucket is another one. A name that becomes a secret, or is not secret any more, needs another id too.
 * State of another resource may name no bucket, and then it cannot be another one.
 */
export function isOfAnotherBucket(
  olds: Properties,
  news: Properties,
  { secrets, secretsBefore }: Pick<DiffCall, "secrets" | "secretsBefore">,
): boolean {
  if ((olds.bucketName ?? undefined) === undefined) return false;
  return olds.bucketName !== news.bucketName || secrets.has("bucketName") !== secretsBefore.has("bucketName");
}
