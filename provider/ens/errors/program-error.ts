import { withDocsLink } from "./docs-link";
import { EnsError, type EnsErrorKind } from "./ens-error";

/**
 * A mistake in a program or its installation. Pulumi shows the message alone, as it does for its own `RunError`,
 * by this marker.
 *
 * The stack is left out: colouring one with Pulumi's own frames in it (`node_modules/@pulumi/output.ts`) keeps
 * `util.inspect` of Node 20 busy until memory ends, half a minute for every error (seen with 20.20.2 and SDK 3.248).
 */
export class ProgramError extends EnsError {
  static override readonly kind: EnsErrorKind = "ProgramError";
  declare readonly kind: "ProgramError" | "InstallationError" | "UploadTargetError";
  /** @internal */
  readonly __pulumiRunError = true;

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, new.target.kind), options);
    this.stack = `${this.name}: ${this.message}`;
  }
}
