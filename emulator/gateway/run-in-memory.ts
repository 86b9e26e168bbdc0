import { defaultAccount } from "../options";
import type { World } from "../world/world";
import type { Action } from "./action";
import { CallParameters } from "./call-parameters";
import { requireAction } from "./find-action";
import { runAction } from "./run-action";

/**
 * Runs an action by its name for the default account, without a network and therefore without a signature. Gives what
 * is answered besides the request id.
 *
 * @throws A `Refusal` where the API refuses; what the emulator does not know is `InvalidAction.NotFound`.
 */
export function runInMemory(
  world: World,
  name: string,
  parameters: Readonly<Record<string, string | undefined>>,
): ReturnType<Action["run"]> {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return runAction(requireAction(name), {
    parameters: new CallParameters(given),
    account: defaultAccount,
    peer: "127.0.0.1",
    world,
  });
}
