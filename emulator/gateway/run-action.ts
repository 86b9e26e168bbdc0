import { Refusal } from "../refusal";
import type { ActionCall } from "./action";
import type { FoundAction } from "./find-action";

/** Runs an action for an account that is known, or for nobody where it is unsigned, once quota and account let the call in. */
export function runAction(
  { service, action }: FoundAction,
  call: Omit<ActionCall, "action">,
): ReturnType<typeof action.run> {
  const { account, world } = call;
  const wait = service.hasQuota ? world.quota.take() : 0;
  if (wait > 0) {
    throw new Refusal("Throttling.User", world.quotaStatus, "Request was denied due to user flow control.", {
      "x-acs-retry-after": String(wait),
    });
  }
  const refusal = service.refusalOf(account?.status ?? "active");
  if (refusal !== undefined) throw refusal;
  return action.run({ ...call, action: action.name });
}
