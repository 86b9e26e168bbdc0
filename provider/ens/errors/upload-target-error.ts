import { EnsError } from "./ens-error";

/** A stack output that should be an upload target is missing or something else. */
export class UploadTargetError extends EnsError {
  static override readonly kind: string = "UploadTargetError";
}
