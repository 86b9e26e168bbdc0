import { policyFor } from "../../ens/action";
import { assumeRole } from "../../ens/actions/assume-role";
import type { KeySource } from "../../ens/keys";
import type { AssumeRole } from "../settings/assume-role";
import { askForSession, openSts } from "./ask-for-session";
import type { KeyTools } from "./key-tools";
import { sessionKeys } from "./session-keys";

/** Keys of a RAM role that is assumed with other keys. */
export function assumedRole(role: AssumeRole, base: KeySource, tools: KeyTools): KeySource {
  const sts = openSts(tools, base);
  const { roleArn, from } = role;
  const remedy =
    "Check that it exists, that it trusts their user, and that a policy allows the user " +
    `${assumeRole.ramAction} on it.`;
  const policy = policyFor(assumeRole, role);
  const places = `role ${roleArn} from ${from}, assumed with ${base.places ?? base.origin}`;
  return sessionKeys({ origin: `role ${roleArn}`, places }, () =>
    askForSession(sts, assumeRole, role, {
      ...{ roleArn, from, remedy, policy },
      origin: `the keys from ${base.origin}`,
    }),
  );
}
