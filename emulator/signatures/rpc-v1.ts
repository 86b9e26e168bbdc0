import { createHmac } from "node:crypto";
import { canonicalQuery, percentEncode } from "./percent-encode";

/** What a client of the older RPC signature signs; `Signature` itself is left out of the parameters. */
export function rpcV1StringToSign(method: string, parameters: Iterable<readonly [string, string]>): string {
  const signed = [...parameters].filter(([name]) => name !== "Signature");
  return `${method}&${percentEncode("/")}&${percentEncode(canonicalQuery(signed))}`;
}

/**
 * The signature of RPC version 1.0 (HMAC-SHA1), in base64.
 *
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
export function rpcV1Signature(
  method: string,
  parameters: Iterable<readonly [string, string]>,
  secret: string,
): string {
  return createHmac("sha1", `${secret}&`).update(rpcV1StringToSign(method, parameters)).digest("base64");
}
