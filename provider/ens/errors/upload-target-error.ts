import { explained } from "./explained";
import { ProgramError } from "./program-error";

/** A stack output that should be an upload target is missing or something else. */
export class UploadTargetError extends ProgramError {
  static override readonly kind: string = "UploadTargetError";

  constructor(message: string) {
    super(explained(message, "UploadTargetError"));
  }
}
