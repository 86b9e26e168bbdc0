import type { Call } from "./lifecycle";

/** A bucket as lines and errors of lifecycles name it: `bucket "media-assets"`. */
export function bucketSubject(bucketName: string, { shown }: Pick<Call, "shown">): string {
  return `bucket "${shown(bucketName)}"`;
}
