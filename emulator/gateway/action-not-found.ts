import { Refusal } from "../refusal";

/** The refusal of a call of an action that there is not. */
export function actionNotFound(): Refusal {
  return new Refusal(
    "InvalidAction.NotFound",
    404,
    "Specified api is not found, please check your url and method.",
  );
}
