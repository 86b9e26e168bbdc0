import { paginate } from "../eos/paginate";
import type { Action } from "../gateway/action";
import type { CallParameters } from "../gateway/call-parameters";
import { refuseInvalid } from "../gateway/refuse-invalid";
import { objectsOf } from "./objects-of";
import { bucketNameOf, requireBucket } from "./require-bucket";

/** ListObjects: what the object storage holds for a logical bucket, a page at a time. It groups nothing. */
export const listObjects: Action = {
  name: "ListObjects",
  run(call) {
    const { parameters, world } = call;
    const name = bucketNameOf(parameters);
    const prefix = shortText(parameters, "Prefix", 999);
    const marker = shortText(parameters, "Marker", 1023);
    const startAfter = shortText(parameters, "StartAfter", 999);
    const token = parameters.optionalText("ContinuationToken") ?? "";
    const maxKeys = parameters.optionalInteger("MaxKeys", 0, 1000) ?? 100;
    const encoding = parameters.optionalWord("EncodingType", ["url"]);
    const encode = encoding === "url" ? encodeURIComponent : (text: string) => text;
    requireBucket(call);
    const [, from = ""] = [marker, startAfter].sort();
    const after = token === "" ? from : Buffer.from(token, "base64url").toString();
    const page = paginate(objectsOf(world, name), { prefix, delimiter: "", after, maxKeys });
    const next = maxKeys === 0 ? undefined : page.next;
    return {
      BucketName: name,
      Prefix: encode(prefix),
      Marker: encode(marker),
      MaxKeys: maxKeys,
      EncodingType: encoding,
      KeyCount: page.contents.length,
      IsTruncated: next !== undefined,
      ContinuationToken: token,
      NextMarker: next && encode(next),
      NextContinuationToken: next && Buffer.from(next).toString("base64url"),
      Contents: page.contents.map(({ key, size, etag, lastModified }) => ({
        Key: encode(key),
        Size: size,
        // Without the quotes that it has in the object storage.
        ETag: etag.replaceAll('"', ""),
        LastModified: lastModified,
      })),
    };
  },
};

function shortText(parameters: CallParameters, name: string, mostBytes: number): string {
  const text = parameters.optionalText(name) ?? "";
  return Buffer.byteLength(text) > mostBytes ? refuseInvalid(name) : text;
}
