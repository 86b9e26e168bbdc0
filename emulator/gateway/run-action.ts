import type { AccountStatus, EmulatorAccount } from "../options";
import { Refusal } from "../refusal";
import { allows } from "../world/policy";
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
  const refusal = service.refusalOf(statusFor(`${service.name}:${action.name}`, account));
  if (refusal !== undefined) throw refusal;
  return action.run({ ...call, action: action.name });
}

/** What an account's status is for an action, by the name that RAM has for it. */
function statusFor(ramAction: string, account: EmulatorAccount | undefined): AccountStatus {
  const { status = "active", policy } = account ?? {};
  if (status !== "active" || policy === undefined || !ramAction.startsWith("ens:")) return status;
  return allows(policy, ramAction) ? status : "noPermission";
}
