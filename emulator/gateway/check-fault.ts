import type { EmulatorFault } from "../options";
import { services } from "./services";

/** Refuses a fault for an action that its service does not have: it would never show. */
export function checkFault({ service = "ens", action }: EmulatorFault): void {
  if (action === undefined) return;
  const names = services.find(({ name }) => name === service)?.actions.map(({ name }) => name) ?? [];
  if (names.includes(action)) return;
  const expected = names.length === 0 ? "left out" : `one of ${names.join(", ")}`;
  throw new Error(`action should be ${expected} for the service ${service}, got "${action}".`);
}
