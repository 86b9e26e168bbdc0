import { createHmac } from "node:crypto";

/** The parts of an object request that an OSS V1 signature covers. */
export interface OssV1Request {
  readonly method: string;
  /** `undefined` for requests about no bucket. */
  readonly bucket: string | undefined;
  /** URL-decoded; empty for requests about the bucket itself. */
  readonly key: string;
  /** Decoded. */
  readonly query: Iterable<readonly [string, string]>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** `Date`, or `Expires` of a presigned URL. */
  readonly date: string;
}

/** Query parameters that are part of what is named, and so of what is signed. */
const subresources = new Set([
  ...["acl", "append", "bucketInfo", "callback", "callback-var", "cloudboxes", "cname", "comp"],
  ...["continuation-token", "cors", "delete", "encryption", "endTime", "img", "inventory", "inventoryId"],
  ...["lifecycle", "live", "location", "logging", "objectMeta", "partNumber", "policy", "position", "qos"],
  ...["referer", "regionList", "replication", "requestPayment", "resourceGroup", "response-cache-control"],
  ...["response-content-disposition", "response-content-encoding", "response-content-language"],
  ...["response-content-type", "response-expires", "restore", "security-token", "sequential", "startTime"],
  ...["stat", "status", "style", "styleName", "symlink", "tagging", "uploadId", "uploads", "versionId"],
  ...["versioning", "versions", "vod", "website", "worm", "wormId"],
]);

function stringToSign({ method, bucket, key, query, headers, date }: OssV1Request): string {
  const own = Object.keys(headers)
    .filter((name) => name.startsWith("x-oss-"))
    .sort()
    .map((name) => `${name}:${(headers[name] ?? "").trim()}\n`);
  const named = [...query]
    .filter(([name]) => subresources.has(name) || name.startsWith("x-oss-"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  const resource = bucket === undefined ? "/" : `/${bucket}/${key}`;
  return [
    method,
    headers["content-md5"] ?? "",
    headers["content-type"] ?? "",
    date,
    `${own.join("")}${resource}${named.length > 0 ? `?${named.join("&")}` : ""}`,
  ].join("\n");
}

/**
 * The signature of OSS version 1 (HMAC-SHA1), in base64.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/include-signatures-in-the-authorization-header
 */
export function ossV1Signature(request: OssV1Request, secret: string): string {
  return createHmac("sha1", secret).update(stringToSign(request)).digest("base64");
}
