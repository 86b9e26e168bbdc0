import { isDeepStrictEqual } from "node:util";
import type { DiffCall, Properties } from "./lifecycle";

/** Which of these inputs differ. Null is an input left out. */
export function changedInputs<Name extends string>(
  olds: Properties,
  news: Properties,
  names: readonly Name[],
): readonly Name[] {
  return names.filter((name) => !isDeepStrictEqual(olds[name] ?? undefined, news[name] ?? undefined));
}

/** Whether a resource is of another bucket. One whose name becomes a secret, or is none any more, needs another id. */
export function isOfAnotherBucket(
  olds: Properties,
  news: Properties,
  { secrets, secretsBefore }: Pick<DiffCall, "secrets" | "secretsBefore">,
): boolean {
  return olds.bucketName !== news.bucketName || secrets.has("bucketName") !== secretsBefore.has("bucketName");
}
