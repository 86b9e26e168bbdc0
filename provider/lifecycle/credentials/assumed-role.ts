import { policyFor, stsService } from "../../ens/action";
import { assumeRole } from "../../ens/actions/assume-role";
import { Client } from "../../ens/client";
import type { KeySource } from "../../ens/keys";
import type { RetryOptions } from "../../ens/retry/retrying-client";
import type { Transport } from "../../ens/transport/exchange";
import type { AssumeRole } from "../settings/assume-role";
import type { Settings } from "../settings/settings";
import { askForSession } from "./ask-for-session";
import { sessionKeys } from "./session-keys";

/** Keys of a RAM role that is assumed with other keys. */
export function assumedRole(
  role: AssumeRole,
  base: KeySource,
  { stsEndpoint: endpoint, clientReadTimeout: timeoutMs, howToSet }: Settings,
  transport: Transport,
  retry: RetryOptions,
): KeySource {
  const client = new Client({
    service: stsService,
    endpoint,
    keys: base,
    timeoutMs,
    transport,
    retry,
    howToSet,
  });
  const { roleArn, from } = role;
  const remedy =
    "Check that the role exists, that its trust policy names these credentials, " +
    `and that they may call ${assumeRole.ramAction} on it: ${policyFor(assumeRole, role)}`;
  return sessionKeys(`role ${roleArn} from ${from}, assumed with ${base.origin}`, () =>
    askForSession({ client, endpoint }, assumeRole, role, { roleArn, from, origin: base.origin, remedy }),
  );
}
