import type { PreparedUploadAnswer } from "../../ens/actions/prepare-upload";

/** Where a bucket physically is. */
export type Place = Pick<PreparedUploadAnswer, "physicalBucketName" | "endpoint">;

/** A place as one short text, `media-assets-3f9a1c@eos.aliyuncs.com`: neither part can hold an `@`. */
export function placeText({ physicalBucketName, endpoint }: Place): string {
  return `${physicalBucketName}@${endpoint}`;
}

/** The place behind what {@link placeText} made. */
export function placeOf(text: string): Place {
  const at = text.indexOf("@");
  return { physicalBucketName: text.slice(0, at), endpoint: text.slice(at + 1) };
}
