import { defined } from "../../lifecycle/defined";
import type { Call, Properties } from "../../lifecycle/lifecycle";

/** What ENS says of a bucket, so that others can change it; of the rest the program alone decides. */
export const told = ["bucketAcl", "logicalBucketType", "ensRegionId", "comment", "lifecycleRules"] as const;

/** Whether the program leaves an input to others, by the option `ignoreChanges`. */
export function isLeftToOthers(name: (typeof told)[number], { ignored }: Pick<Call, "ignored">): boolean {
  return ignored.has(name) || ignored.has("*");
}

/** What a program wants of a bucket, with what it leaves to others as that is now. */
export function withOthers<T extends object>(wanted: T, now: Properties, call: Pick<Call, "ignored">): T {
  const names = told.filter((name) => isLeftToOthers(name, call));
  return defined({ ...wanted, ...Object.fromEntries(names.map((name) => [name, now[name]])) }) as T;
}
