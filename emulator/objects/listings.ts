import { XMLParser } from "fast-xml-parser";
import { ObjectError } from "./object-error";
import type { ObjectInfo, ObjectStore } from "./object-store";
import { type Reply, xml } from "./reply";
import { checkDigest, type KeyedRequest } from "./single-objects";

interface Page {
  readonly contents: readonly ObjectInfo[];
  readonly prefixes: readonly string[];
  /** The last key or prefix of the page, when there are more. */
  readonly next?: string;
}

/** ListObjects and, with `list-type=2`, ListObjectsV2. */
export function listObjects(objects: ObjectStore, { bucket, query }: KeyedRequest): Reply {
  const second = query.get("list-type") === "2";
  const maxKeys = Number(query.get("max-keys") ?? 100);
  if (!Number.isInteger(maxKeys) || maxKeys < 1 || maxKeys > 1000) {
    throw new ObjectError("InvalidArgument", 400, "Argument maxKeys must be an integer between 1 and 1000.");
  }
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token") ?? "";
  const after = second
    ? token === ""
      ? (query.get("start-after") ?? "")
      : Buffer.from(token, "base64url").toString()
    : (query.get("marker") ?? "");
  const page = paginate(objects.list(bucket), { prefix, delimiter, after, maxKeys });
  const encode = (text: string) => (query.get("encoding-type") === "url" ? encodeURIComponent(text) : text);
  return xml(200, "ListBucketResult", {
    Name: bucket,
    Prefix: encode(prefix),
    ...(second
      ? {
          StartAfter: encode(query.get("start-after") ?? ""),
          KeyCount: page.contents.length + page.prefixes.length,
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
    ...(query.has("encoding-type") ? { EncodingType: "url" } : {}),
    IsTruncated: page.next !== undefined,
    Contents: page.contents.map(({ key, lastModified, etag, size }) => ({
      Key: encode(key),
      LastModified: lastModified,
      ETag: etag,
      Type: etag.includes("-") ? "Multipart" : "Normal",
      Size: size,
      StorageClass: "Standard",
      Owner: { ID: "emulator", DisplayName: "emulator" },
    })),
    CommonPrefixes: page.prefixes.map((one) => ({ Prefix: encode(one) })),
  });
}

function paginate(
  all: readonly ObjectInfo[],
  {
    prefix,
    delimiter,
    after,
    maxKeys,
  }: { prefix: string; delimiter: string; after: string; maxKeys: number },
): Page {
  const contents: ObjectInfo[] = [];
  const prefixes: string[] = [];
  let last = "";
  for (const info of all) {
    if (!info.key.startsWith(prefix)) continue;
    const end = delimiter === "" ? -1 : info.key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? info.key : info.key.slice(0, end + delimiter.length);
    if (name <= after || prefixes.includes(name)) continue;
    if (contents.length + prefixes.length === maxKeys) return { contents, prefixes, next: last };
    if (end < 0) contents.push(info);
    else prefixes.push(name);
    last = name;
  }
  return { contents, prefixes };
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "Object" });

/** DeleteMultipleObjects. */
export function deleteObjects(objects: ObjectStore, request: KeyedRequest): Reply {
  checkDigest(request);
  const { Delete } = parser.parse(request.body.toString("utf8")) as {
    readonly Delete?: { readonly Quiet?: string; readonly Object?: readonly { readonly Key?: string }[] };
  };
  const keys = Delete?.Object?.map(({ Key }) => Key ?? "") ?? [];
  if (keys.length === 0) {
    throw new ObjectError(
      "MalformedXML",
      400,
      "The XML you provided was not well-formed or did not validate.",
    );
  }
  for (const key of keys) objects.remove(request.bucket, key);
  return xml(200, "DeleteResult", Delete?.Quiet === "true" ? {} : { Deleted: keys.map((Key) => ({ Key })) });
}
