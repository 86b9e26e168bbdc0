import { Output } from "@pulumi/pulumi";
import { isLoopback } from "../ens/endpoint";
import { ProgramError } from "../ens/errors";
import type { UploadTarget } from "./upload-target";

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
  const { physicalBucketName, endpoint, endpointUrl } = Object(target) as UploadTarget;
  if ([physicalBucketName, endpoint, endpointUrl].some((part) => typeof part !== "string"))
    throw noTarget(target);
  return {
    bucket: physicalBucketName,
    endpoint: endpointUrl,
    secure: endpointUrl.startsWith("https:"),
    ...(isLoopback(endpoint) ? { sldEnable: true } : {}),
  };
}

function noTarget(value: unknown): ProgramError {
  const isOutput = Output.isInstance(value) || value instanceof Promise;
  return new ProgramError(
    `ossClientOptions takes an upload target, got ${isOutput ? "an output" : "something else"}. ` +
      (isOutput
        ? "Give it the value of the output: `media.target.apply(ens.ossClientOptions)`."
        : "Give it what an upload has as `target`, or what `ens.requireUploadTarget` gives."),
  );
}
