export { AnswerError } from "./answer-error";
export { ApiError, type ApiErrorDetails, type ApiErrorReason } from "./api-error";
export { ConnectionError } from "./connection-error";
export { CredentialsError } from "./credentials-error";
export { EnsError } from "./ens-error";
export { InstallationError } from "./installation-error";
export { ProgramError } from "./program-error";
export { type SettingProblem, SettingsError } from "./settings-error";
export { UploadTargetError } from "./upload-target-error";
