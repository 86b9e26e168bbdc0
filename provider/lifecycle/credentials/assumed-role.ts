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
    "Check that the role exists, that its trust policy names these credentials, " +
    `and that they may call ${assumeRole.ramAction} on it: ${policyFor(assumeRole, role)}`;
  return sessionKeys(`role ${roleArn} from ${from}, assumed with ${base.origin}`, () =>
    askForSession(sts, assumeRole, role, { roleArn, from, origin: base.origin, remedy }),
  );
}
