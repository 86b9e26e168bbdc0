import { ProgramError } from "../ens/errors";
import { quoted } from "../ens/text/quoted";
import { keyMistake } from "../files/key-mistake";
import type { UploadTarget } from "../lifecycle/upload-target";
import { bucketUrl } from "./bucket-url";
import { knownTarget } from "./known-target";

/**
 * Where an object of a bucket is, as the OSS protocol has it. To read it there, the bucket must be `public-read`, or the
 * URL be signed by an OSS client.
 *
 * @param target - The bucket's upload, or that of another stack. Where it has no value yet, the URL has none.
 * @param key - The name of the object.
 * @throws ProgramError when `target` is no target, such as the output of one, or no object can have the key
 *
 * @example
 * ```ts
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const media = new ens.PreparedUpload("media", { bucketName: "media-assets" });
 *
 * export const logo = media.target.apply((target) => ens.objectUrl(target, "assets/logo.png"));
 * ```
 */
export function objectUrl(target: UploadTarget, key: string): string {
  // Where `--target` leaves an upload out of a first deployment, its outputs have no value, whatever their types say.
  if (target === undefined) return target;
  const known = knownTarget(target, "objectUrl", '(target) => ens.objectUrl(target, "assets/logo.png")');
  const mistake = typeof key === "string" ? keyMistake(key) : "is a text";
  if (mistake !== undefined) {
    throw new ProgramError({
      what: `objectUrl got ${quoted(key)} as a key.`,
      remedy: `Give it a key that ${mistake}, such as assets/logo.png.`,
    });
  }
  return `${bucketUrl(known)}/${key.split("/").map(encoded).join("/")}`;
}

/** As signatures of OSS have it, which encode more than URLs must. */
function encoded(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
