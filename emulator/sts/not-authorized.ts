import { Refusal } from "../refusal";

/** The refusal of a caller who may not do what was asked. */
export function notAuthorized(): Refusal {
  return new Refusal(
    "NoPermission",
    403,
    "You are not authorized to do this action. You should be authorized by RAM.",
  );
}
