import { ProgramError } from "./program-error";

/** A stack output that should be an upload target is missing or something else. */
export class UploadTargetError extends ProgramError {
  static override readonly kind = "UploadTargetError";
  declare readonly kind: "UploadTargetError";
}
