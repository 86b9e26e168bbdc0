/**
 * Resolve PrepareUpload of Alibaba Cloud's Edge Node Service while `pulumi up` runs.
 *
 * @module pulumi-alicloud-ens
 */
export {
  AnswerError,
  ApiError,
  type ApiErrorDetails,
  type ApiErrorReason,
  CancelledError,
  ConnectionError,
  CredentialsError,
  EnsError,
  type EnsErrorKind,
  InstallationError,
  ProgramError,
  type SettingProblem,
  SettingsError,
  UploadTargetError,
} from "./ens/errors";
export { type OssClientOptions, ossClientOptions } from "./resource/oss-client-options";
export {
  Provider,
  type ProviderArgs,
  type ProviderAssumeRole,
  type ProviderEndpoints,
} from "./resource/provider";
export { requireUploadTarget, requireUploadTargets, type UploadTarget } from "./resource/upload-target";
export {
  PreparedUpload,
  type PreparedUploadArgs,
  type PreparedUploadGetArgs,
} from "./resources/prepared-upload/resource";
export { PreparedUploads, type PreparedUploadsArgs } from "./resources/prepared-uploads/resource";
