import { isIP } from "node:net";
import { isLoopback } from "../ens/endpoint";
import type { UploadTarget } from "../lifecycle/upload-target";

/** A bucket's URL as clients make it: `https://<bucket>.<host>`, but `<host>/<bucket>` for an address or this machine. */
export function bucketUrl({ physicalBucketName, endpoint, endpointUrl }: UploadTarget): string {
  const isAddress = endpoint.startsWith("[") || isIP(endpoint.replace(/:\d+$/, "")) !== 0;
  return isAddress || isLoopback(endpoint)
    ? `${endpointUrl}/${physicalBucketName}`
    : endpointUrl.replace("://", `://${physicalBucketName}.`);
}
