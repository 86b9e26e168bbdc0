import { isLoopback } from "../ens/endpoint";
import { requireTarget, type UploadTarget } from "./upload-target";

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
 * What the constructor of an `ali-oss` client takes to upload to `target`. EOS wants signatures of OSS V1, the default
 * of `ali-oss`.
 *
 * @param target - An upload's, or that of another stack. Where there is none, there are no options either.
 * @throws ProgramError when it is no target, such as an output: use `target.apply(ens.ossClientOptions)`
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
export function ossClientOptions(target: UploadTarget): OssClientOptions;
export function ossClientOptions(target: UploadTarget | undefined): OssClientOptions | undefined;
export function ossClientOptions(target: UploadTarget | undefined): OssClientOptions | undefined {
  // Where `--target` leaves the upload out of a first deployment, a program gets no target, whatever the types say.
  if (target === undefined) return undefined;
  const { physicalBucketName, endpoint, endpointUrl } = requireTarget(target);
  return {
    bucket: physicalBucketName,
    endpoint: endpointUrl,
    secure: endpointUrl.startsWith("https:"),
    ...(isLoopback(endpoint) ? { sldEnable: true } : {}),
  };
}
