import { Refusal } from "../refusal";

export function noSuchLifecycle(): Refusal {
  return new Refusal("NoSuchLifecycle", 404, "The specified lifecycle rule does not exist.");
}
