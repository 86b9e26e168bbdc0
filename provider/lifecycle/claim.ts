import { printable } from "../ens/text/printable";
import type { Deployment } from "./deployment";

/**
 * Notes that a resource has an object or a bucket, so that no two of a program have the same. Gives who claimed it before.
 *
 * @param what - `media-assets/a.css`, or `media-assets` for the bucket.
 * @param claimant - The resource, as it is called in the program. Left out where the front does not know it.
 */
export function claim(
  { claims }: Deployment,
  what: string,
  claimant: string | undefined,
): string | undefined {
  if (claimant === undefined) return undefined;
  const other = claims.get(what);
  if (other === undefined) claims.set(what, claimant);
  return other === claimant ? undefined : other;
}

/** Whether a resource of the program puts an object: one that had it before, and goes, must not delete it. */
export function isClaimed({ claims }: Deployment, object: string): boolean {
  return claims.has(object);
}

/**
 * A resource as no other of the program is called: by what is in its URN.
 *
 * @param subject - `BucketFolder "site"`
 * @param parents - The types of its parents, the outermost first.
 */
export function claimantName(subject: string, parents: readonly string[]): string {
  const types = parents.filter((type) => type !== "pulumi:pulumi:Stack");
  return types.length === 0 ? subject : `${subject} in ${printable(types.join("$"), 200)}`;
}
