import { Refusal } from "../refusal";
import type { ObjectRequest } from "./object-request";

/** Parameters that make another operation of a request, or ask for more than the object. */
const foreign = new Set([
  ...["accessPoint", "acl", "append", "asyncFetch", "bucketInfo", "callback", "cname", "comp", "cors"],
  ...[
    "encryption",
    "httpsConfig",
    "img",
    "inventory",
    "lifecycle",
    "live",
    "location",
    "logging",
    "metaQuery",
  ],
  ...["objectInfo", "objectMeta", "policy", "publicAccessBlock", "qos", "qosInfo", "referer", "replication"],
  ...["requestPayment", "resourceGroup", "restore", "rtc", "seal", "stat", "status", "style", "styleName"],
  ...["symlink", "tagging", "transferAcceleration", "versionId", "versioning", "versions", "vod", "website"],
  ...["worm", "wormId", "x-oss-async-process", "x-oss-process"],
]);

/**
 * Refuses what the emulator would misunderstand: `PUT /key?acl` must not store its body under the key.
 */
export function refuseForeign({ method, key, query, headers }: ObjectRequest): void {
  if (headers["x-oss-callback"] !== undefined) throw notImplemented();
  for (const name of query.keys()) {
    const known = (name === "objectMeta" && method === "HEAD") || (name === "cors" && key === "");
    if (foreign.has(name) && !known) throw notImplemented();
  }
}

export function notImplemented(): Refusal {
  return new Refusal("NotImplemented", 501, "The emulator does not know this operation.");
}
