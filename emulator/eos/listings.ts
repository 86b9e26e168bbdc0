import type { Reply } from "../answer";
import { encodingType, nameEncoder } from "./encode-names";
import type { ObjectStore } from "./object-store";
import { pageSize } from "./page-size";
import { paginate } from "./paginate";
import { malformedXml, parseXml } from "./parse-xml";
import type { KeyedRequest } from "./single-objects";
import { checkDigest } from "./single-objects";
import { storageTime } from "./storage-time";
import { xml } from "./xml";

/** ListObjects and, with `list-type=2`, ListObjectsV2. */
export function listObjects(objects: ObjectStore, { bucket, query }: KeyedRequest): Reply {
  const second = query.get("list-type") === "2";
  const maxKeys = pageSize(query, "max-keys", 100);
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token") ?? "";
  const after = second
    ? token === ""
      ? (query.get("start-after") ?? "")
      : Buffer.from(token, "base64url").toString()
    : (query.get("marker") ?? "");
  const page = paginate(objects.list(bucket), { prefix, delimiter, after, maxKeys });
  const encode = nameEncoder(query);
  return xml(200, "ListBucketResult", {
    Name: bucket,
    Prefix: encode(prefix),
    ...(second
      ? {
          StartAfter: encode(query.get("start-after") ?? ""),
          KeyCount: page.contents.length + page.prefixes.size,
          ...(token !== "" ? { ContinuationToken: token } : {}),
          ...(page.next !== undefined
            ? { NextContinuationToken: Buffer.from(page.next).toString("base64url") }
            : {}),
        }
      : {
          Marker: encode(query.get("marker") ?? ""),
          ...(page.next !== undefined ? { NextMarker: encode(page.next) } : {}),
        }),
    MaxKeys: maxKeys,
    Delimiter: encode(delimiter),
    ...encodingType(query),
    IsTruncated: page.next !== undefined,
    Contents: page.contents.map(({ key, lastModified, etag, size }) => ({
      Key: encode(key),
      LastModified: storageTime(lastModified),
      ETag: etag,
      Type: etag.includes("-") ? "Multipart" : "Normal",
      Size: size,
      StorageClass: "Standard",
      Owner: { ID: "emulator", DisplayName: "emulator" },
    })),
    CommonPrefixes: [...page.prefixes].map((one) => ({ Prefix: encode(one) })),
  });
}

/** DeleteMultipleObjects. */
export function deleteObjects(objects: ObjectStore, request: KeyedRequest): Reply {
  checkDigest(request);
  const { Delete } = parseXml(request.body, "Object") as {
    readonly Delete?: { readonly Quiet?: string; readonly Object?: readonly { readonly Key?: string }[] };
  };
  const keys = Delete?.Object?.map(({ Key }) => Key ?? "") ?? [];
  if (keys.length === 0 || keys.length > 1000) throw malformedXml();
  for (const key of keys) objects.remove(request.bucket, key);
  if (Delete?.Quiet?.trim() === "true") return xml(200, "DeleteResult", {});
  const encode = nameEncoder(request.query);
  return xml(200, "DeleteResult", {
    ...encodingType(request.query),
    Deleted: keys.map((key) => ({ Key: encode(key) })),
  });
}
