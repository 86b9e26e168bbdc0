import { Refusal } from "../refusal";

/** The refusal of a call without a parameter that it needs. */
export function missing(parameter: string): Refusal {
  return new Refusal(`Missing${parameter}`, 400, `${parameter} is mandatory for this action.`);
}
