import { createHash, createHmac } from "node:crypto";
import { canonicalQuery } from "./percent-encode";

/** The parts of a request that an ACS3 signature covers. */
export interface Acs3Request {
  readonly method: string;
  readonly path: string;
  /** Decoded, in any order. */
  readonly query: Iterable<readonly [string, string]>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Lower-case names, in the order the client lists them. */
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body. */
  readonly bodyHash: string;
}

/** What a client signs, for the message of a mismatch. */
export function acs3StringToSign(request: Acs3Request): string {
  const headers = request.signedHeaders
    .map((name) => `${name}:${(request.headers[name] ?? "").trim()}\n`)
    .join("");
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    headers,
    request.signedHeaders.join(";"),
    request.bodyHash,
  ].join("\n");
  return `ACS3-HMAC-SHA256\n${createHash("sha256").update(canonical).digest("hex")}`;
}

/**
 * The signature of ACS3-HMAC-SHA256, in hex.
 *
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function acs3Signature(request: Acs3Request, secret: string): string {
  return createHmac("sha256", secret).update(acs3StringToSign(request)).digest("hex");
}
