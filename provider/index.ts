/**
 * Buckets of Alibaba Cloud's edge object storage (EOS), the objects in them, and where they physically are, by PrepareUpload
 * of its Edge Node Service while `pulumi up` runs.
 *
 * @module pulumi-alicloud-ens
 */

export type { BucketAcl, DispatchScope, LogicalBucketType, RuleStatus } from "./ens/bucket-words";
export type {
  ApiErrorDetails,
  ApiErrorReason,
  CredentialsErrorDetails,
  CredentialsPlace,
  EnsErrorKind,
  Explanation,
  SettingProblem,
} from "./ens/errors";
export {
  AnswerError,
  ApiError,
  CancelledError,
  ConnectionError,
  CredentialsError,
  EnsError,
  InstallationError,
  ProgramError,
  SettingsError,
  UploadTargetError,
} from "./ens/errors";
export type { FileOption, ObjectHeaders } from "./files/match-options";
export type { UploadTarget } from "./lifecycle/upload-target";
export { objectUrl } from "./resource/object-url";
export type { OssClientOptions } from "./resource/oss-client-options";
export { ossClientOptions } from "./resource/oss-client-options";
export type {
  ProviderArgs,
  ProviderAssumeRole,
  ProviderAssumeRoleWithOidc,
  ProviderEndpoints,
} from "./resource/provider";
export { Provider } from "./resource/provider";
export { requireUploadTarget, requireUploadTargets } from "./resource/upload-target";
export type { BucketLifecycleRule } from "./resources/bucket/properties";
export type {
  BucketArgs,
  BucketLifecycleRuleArgs,
} from "./resources/bucket/resource";
export { Bucket } from "./resources/bucket/resource";
export type { BucketFolderArgs, FileOptionArgs } from "./resources/bucket-folder/resource";
export { BucketFolder } from "./resources/bucket-folder/resource";
export type { BucketObjectArgs } from "./resources/bucket-object/resource";
export { BucketObject } from "./resources/bucket-object/resource";
export type {
  PreparedUploadArgs,
  PreparedUploadGetArgs,
} from "./resources/prepared-upload/resource";
export { PreparedUpload } from "./resources/prepared-upload/resource";
export type { PreparedUploadsArgs } from "./resources/prepared-uploads/resource";
export { PreparedUploads } from "./resources/prepared-uploads/resource";
