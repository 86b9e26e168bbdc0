/** A call refused with one of the vendor's codes. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** The refusal of a call without a parameter that it needs. */
export function missing(parameter: string): Refusal {
  return new Refusal(`Missing${parameter}`, 400, `${parameter} is mandatory for this action.`);
}
