import { ProgramError } from "./program-error";

/** The package cannot be loaded from the program's folder, where Pulumi will look for it. */
export class InstallationError extends ProgramError {
  static override readonly kind: string = "InstallationError";
}
