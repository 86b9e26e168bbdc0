import type { Action } from "./action";
import { actionNotFound } from "./action-not-found";
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
  if (found === undefined) throw actionNotFound();
  return found;
}
