import { Refusal } from "../refusal";

/** Refuses a call without a parameter that it needs. */
export function refuseMissing(parameter: string): never {
  throw new Refusal(`Missing${parameter}`, 400, `${parameter} is mandatory for this action.`);
}
