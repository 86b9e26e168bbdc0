import { isLoopback } from "../ens/endpoint";
import type { UploadTarget } from "../lifecycle/upload-target";
import { knownTarget } from "./known-target";

/** The part of `ali-oss`'s options that says where to upload; credentials are the uploader's own. */
export interface OssClientOptions {
  /** The physical bucket. */
  readonly bucket: string;
  /** A URL with its scheme: without one, `ali-oss` talks plain http. */
  readonly endpoint: string;
  /** `true`, except for a loopback endpoint. */
  readonly secure: boolean;
  /** Path-style requests, for a loopback endpoint: its host name has no subdomains for buckets. */
  readonly sldEnable?: true;
}

/**
 * What the constructor of an `ali-oss` client takes to upload to `target`. Public code that uses EOS signs with
 * OSS V1, the default of `ali-oss`; whether V4 works is not documented.
 *
 * @param target - An upload's, or that of another stack. Where it has no value yet, the options have none.
 * @throws ProgramError when it is no target, such as the output of one
 *
 * @example
 * ```ts
 * import OSS from "ali-oss";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * export function clientFor(target: ens.UploadTarget, accessKeyId: string, accessKeySecret: string): OSS {
 *   return new OSS({ ...ens.ossClientOptions(target), accessKeyId, accessKeySecret });
 * }
 * ```
 */
export function ossClientOptions(target: UploadTarget): OssClientOptions {
  // Where `--target` leaves an upload out of a first deployment, its outputs have no value, whatever their types say.
  if (target === undefined) return target;
  const { physicalBucketName, endpoint, endpointUrl } = knownTarget(
    target,
    "ossClientOptions",
    "ens.ossClientOptions",
  );
  return {
    bucket: physicalBucketName,
    endpoint: endpointUrl,
    secure: endpointUrl.startsWith("https:"),
    ...(isLoopback(endpoint) ? { sldEnable: true } : {}),
  };
}
