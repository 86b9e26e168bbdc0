/**
 * Resolve PrepareUpload of Alibaba Cloud's Edge Node Service while `pulumi up` runs.
 *
 * @module pulumi-alicloud-ens
 */
export * from "./ens/errors";
export { type OssClientOptions, ossClientOptions } from "./oss-client-options";
export {
  PreparedUpload,
  type PreparedUploadArgs,
  type PreparedUploadGetArgs,
} from "./prepared-upload";
export { PreparedUploads, type PreparedUploadsArgs } from "./prepared-uploads";
export {
  Provider,
  type ProviderArgs,
  type ProviderAssumeRole,
  type ProviderEndpoints,
} from "./provider";
export { requireUploadTarget, requireUploadTargets, type UploadTarget } from "./upload-target";
