import { EnsError } from "../ens/errors";

/** Part of the work failed, and what was done is worth keeping. */
export class PartialFailure extends EnsError {
  static override readonly kind = "PartialFailure";
  declare readonly kind: "PartialFailure";
  readonly id: string;
  /** The state reached. */
  readonly state: object;
  readonly reasons: readonly string[];
  /** What a `read` found to have moved all the same. */
  readonly moved: readonly string[];

  constructor(id: string, state: object, reasons: readonly string[], moved: readonly string[] = []) {
    super(reasons.join("\n"));
    this.id = id;
    this.state = state;
    this.reasons = reasons;
    this.moved = moved;
  }
}
