import { EnsError } from "../ens/errors";

/** Part of the work failed, and the rest must be kept. */
export class PartialFailure extends EnsError {
  static override readonly kind = "PartialFailure";
  declare readonly kind: "PartialFailure";
  readonly id: string;
  /** The state reached. */
  readonly state: object;
  readonly reasons: readonly string[];
  /** What a `read` found moved, although it failed in part. */
  readonly moved: readonly string[];

  constructor(id: string, state: object, reasons: readonly string[], moved: readonly string[] = []) {
    super(reasons.join("\n"));
    this.id = id;
    this.state = state;
    this.reasons = reasons;
    this.moved = moved;
  }
}
