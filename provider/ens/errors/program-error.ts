import type { Explanation } from "./docs-link";
import { withDocsLink } from "./docs-link";
import type { EnsErrorKind } from "./ens-error";
import { EnsError } from "./ens-error";

/**
 * A mistake in a program or its installation. A marker makes Pulumi show only the message, as for its own `RunError`.
 *
 * The stack is left out. To colour a stack that has Pulumi's own frames (`node_modules/@pulumi/output.ts`),
 * `util.inspect` of Node 20 is busy for half a minute per error, until memory ends (seen with 20.20.2 and SDK 3.248).
 */
export class ProgramError extends EnsError {
  static override readonly kind: EnsErrorKind = "ProgramError";
  declare readonly kind: "ProgramError" | "InstallationError" | "UploadTargetError";
  /** @internal */
  readonly __pulumiRunError = true;

  constructor(message: string | Explanation, options?: { readonly cause?: unknown }) {
    super(withDocsLink(message, new.target.kind), options);
    this.stack = `${this.name}: ${this.message}`;
  }
}
