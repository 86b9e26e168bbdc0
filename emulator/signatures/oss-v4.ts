import { createHash, createHmac } from "node:crypto";
import { percentEncode } from "./percent-encode";

/** The parts of an object request that an OSS V4 signature covers. */
export interface OssV4Request {
  readonly method: string;
  /** `undefined` for requests about no bucket. */
  readonly bucket: string | undefined;
  /** URL-decoded; empty for requests about the bucket itself. */
  readonly key: string;
  /** Decoded; without `x-oss-signature`. */
  readonly query: Iterable<readonly [string, string]>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Lower-case names of headers that are signed besides those that always are. */
  readonly additionalHeaders: readonly string[];
  /** As in `x-oss-date`: `20231216T162057Z`. */
  readonly date: string;
  /** What the credential is for: `20231216/cn-hangzhou/oss/aliyun_v4_request`. */
  readonly scope: string;
}

function stringToSign(request: OssV4Request): string {
  const canonical = createHash("sha256").update(canonicalRequest(request)).digest("hex");
  return ["OSS4-HMAC-SHA256", request.date, request.scope, canonical].join("\n");
}

function canonicalRequest({ method, bucket, key, query, headers, additionalHeaders }: OssV4Request): string {
  const path = bucket === undefined ? "/" : `/${bucket}/${key}`;
  const parameters = [...query]
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  const signed = Object.keys(headers)
    .filter((name) => alwaysSigned(name) || additionalHeaders.includes(name))
    .sort()
    .map((name) => `${name}:${(headers[name] ?? "").trim()}\n`);
  return [
    method,
    percentEncode(path).replaceAll("%2F", "/"),
    parameters.join("&"),
    signed.join(""),
    [...additionalHeaders].sort().join(";"),
    headers["x-oss-content-sha256"] ?? "UNSIGNED-PAYLOAD",
  ].join("\n");
}

function alwaysSigned(header: string): boolean {
  return header === "content-type" || header === "content-md5" || header.startsWith("x-oss-");
}

/**
 * The signature of OSS version 4 (HMAC-SHA256), in hex.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 */
export function ossV4Signature(request: OssV4Request, secret: string): string {
  const key = request.scope
    .split("/")
    .reduce<string | Buffer>((parent, part) => hmac(parent, part), `aliyun_v4${secret}`);
  return hmac(key, stringToSign(request)).toString("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
