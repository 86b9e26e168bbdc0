import type { Reply } from "../answer";
import { Refusal } from "../refusal";
import type { Bytes } from "./bytes";
import { notModified } from "./conditions";
import type { ObjectRequest } from "./object-request";
import type { ObjectInfo, ObjectStore } from "./object-store";

/** A request about one object in a bucket that exists. */
export type KeyedRequest = ObjectRequest & { readonly bucket: string };

/** Headers that come back as they were given. */
const kept = [
  "content-type",
  "content-disposition",
  "content-encoding",
  "content-language",
  "cache-control",
  "expires",
];

/** Stores a body under a key; what PutObject and CompleteMultipartUpload share. */
export function store(
  objects: ObjectStore,
  { bucket, key, headers }: KeyedRequest,
  body: Bytes,
  now: Date,
  etag = etagOf(body),
): ObjectInfo {
  const given = Object.entries(headers).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (kept.includes(entry[0]) || entry[0].startsWith("x-oss-meta-")),
  );
  const info = {
    key,
    size: body.length,
    etag,
    lastModified: now.toISOString(),
    headers: { "content-type": "application/octet-stream", ...Object.fromEntries(given) },
  };
  objects.put(bucket, info, body);
  return info;
}

/** Refuses a body that is not the one its sender meant. */
export function checkDigest({ headers, body }: ObjectRequest): void {
  const claimed = headers["content-md5"];
  if (claimed !== undefined && claimed !== body.md5.toString("base64")) {
    throw new Refusal("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
  }
}

/** As on the wire. */
export function etagOf({ md5 }: Bytes): string {
  return `"${md5.toString("hex").toUpperCase()}"`;
}

export function putObject(objects: ObjectStore, request: KeyedRequest, now: Date): Reply {
  checkDigest(request);
  refuseOverwrite(objects, request);
  const body = request.body.take();
  const { etag } = store(objects, request, body, now);
  return { status: 200, headers: { etag, "content-md5": body.md5.toString("base64") } };
}

/** Keeps what is there, where the request says so. */
export function refuseOverwrite(objects: ObjectStore, { bucket, key, headers }: KeyedRequest): void {
  if (headers["x-oss-forbid-overwrite"] === "true" && objects.find(bucket, key) !== undefined) {
    throw new Refusal(
      "FileAlreadyExists",
      409,
      "The object you specified already exists and can not be overwritten.",
    );
  }
}

export function getObject(objects: ObjectStore, request: KeyedRequest): Reply {
  const { bucket, key, headers, query, method } = request;
  const info = mustFind(objects, bucket, key);
  const described = describe(info);
  if (notModified(request, info)) return { status: 304, headers: described };
  for (const name of kept) {
    const value = query.get(`response-${name}`);
    if (value !== null) described[name] = headerValue(value);
  }
  if (method === "HEAD") return { status: 200, headers: { ...described, "content-length": info.size } };
  const body = objects.body(bucket, key);
  const range = parseRange(headers.range, info.size);
  const { from, to } = range ?? { from: 0, to: info.size - 1 };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...described,
      ...(range === undefined ? {} : { "content-range": `bytes ${from}-${to}/${info.size}` }),
      "content-length": to - from + 1,
    },
    bytes: () => body.open(from, to),
  };
}

export function deleteObject(objects: ObjectStore, { bucket, key }: KeyedRequest): Reply {
  objects.remove(bucket, key);
  return { status: 204 };
}

/** A value from the query that is fit for a header. */
function headerValue(value: string): string {
  if (/\p{Cc}/u.test(value)) {
    throw new Refusal("InvalidArgument", 400, "A response header must not hold control characters.");
  }
  return value;
}

export function mustFind(objects: ObjectStore, bucket: string, key: string): ObjectInfo {
  const info = objects.find(bucket, key);
  if (info === undefined) throw new Refusal("NoSuchKey", 404, "The specified key does not exist.");
  return info;
}

function describe({ etag, lastModified, headers }: ObjectInfo): Record<string, string> {
  return {
    ...headers,
    etag,
    "last-modified": new Date(lastModified).toUTCString(),
    "accept-ranges": "bytes",
    "x-oss-object-type": etag.includes("-") ? "Multipart" : "Normal",
  };
}

/** A range that OSS honours; it answers with the whole object otherwise. */
function parseRange(header: string | undefined, size: number): { from: number; to: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return from <= to ? { from, to } : undefined;
}
