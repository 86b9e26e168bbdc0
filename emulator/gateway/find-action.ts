import { Refusal } from "../refusal";
import type { Action } from "./action";
import { refuseMissing } from "./refuse-missing";
import type { Service } from "./service";
import { services } from "./services";

/** An action, and the service that has it. */
export interface FoundAction {
  readonly service: Service;
  readonly action: Action;
}

/** The action of a name, whichever service has it. */
export function findAction(name: string | undefined): FoundAction | undefined {
  for (const service of services) {
    const action = service.actions.find((one) => one.name === name);
    if (action !== undefined) return { service, action };
  }
  return undefined;
}

/** The same; what is no action is refused. */
export function requireAction(name: string | undefined): FoundAction {
  if (!name) return refuseMissing("Action");
  const found = findAction(name);
  if (found !== undefined) return found;
  throw new Refusal(
    "InvalidAction.NotFound",
    404,
    "Specified api is not found, please check your url and method.",
  );
}
