import { ProgramError } from "./program-error";

/** Pulumi cannot run the package: it is not in the program's folder, not run by Node, or lacks a package of its own. */
export class InstallationError extends ProgramError {
  static override readonly kind = "InstallationError";
  declare readonly kind: "InstallationError";
}
