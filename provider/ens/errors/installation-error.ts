import { ProgramError } from "./program-error";

/**
 * Pulumi cannot run the package: it is not in the program's folder, not run by Node, or a package it needs is missing.
 */
export class InstallationError extends ProgramError {
  static override readonly kind = "InstallationError";
  declare readonly kind: "InstallationError";
}
