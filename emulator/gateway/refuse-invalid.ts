import { Refusal } from "../refusal";

/** Refuses a call with a parameter that cannot be. */
export function refuseInvalid(parameter: string): never {
  throw new Refusal(`Invalid${parameter}`, 400, `Specified parameter ${parameter} is not valid.`);
}
