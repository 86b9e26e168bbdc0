import { policyFor, stsService } from "../../ens/action";
import type { AssumeRoleAnswer } from "../../ens/actions/assume-role";
import { assumeRole } from "../../ens/actions/assume-role";
import { ownWords, printableCode } from "../../ens/call-errors";
import { Client } from "../../ens/client";
import { CredentialsError } from "../../ens/errors";
import { Fields } from "../../ens/fields";
import type { KeySource } from "../../ens/keys";
import { printable } from "../../ens/printable";
import type { RetryOptions } from "../../ens/retry/retrying-client";
import type { ErrorAnswer } from "../../ens/rpc-client";
import type { Transport } from "../../ens/transport/exchange";
import type { AssumeRole } from "../settings/assume-role";
import type { Settings } from "../settings/settings";
import { openedKeys } from "./opened-keys";

/**
 * A session is renewed this many milliseconds before it expires, so that no call is signed with one that is about to.
 */
const renewalMargin = 5 * 60_000;

/**
 * Keys of a RAM role. Our own client asks STS, since the vendor's credential library would ask once for every resource
 * that starts at the same moment.
 */
export function assumedRole(
  role: AssumeRole,
  base: KeySource,
  { stsEndpoint, clientReadTimeout, howToSet }: Settings,
  transport: Transport,
  retry: RetryOptions,
): KeySource {
  const client = new Client({
    service: stsService,
    endpoint: stsEndpoint,
    keys: base,
    timeoutMs: clientReadTimeout,
    transport,
    retry,
    howToSet,
  });
  return openedKeys(`role ${role.roleArn} from ${role.from}, assumed with ${base.origin}`, async () => {
    let session: AssumeRoleAnswer | undefined;
    return async () => {
      if (session === undefined || Date.now() >= session.expires - renewalMargin) {
        session = await ask(client, role, base.origin);
      }
      return session.keys;
    };
  });
}

async function ask(client: Client, role: AssumeRole, origin: string): Promise<AssumeRoleAnswer> {
  const { result } = await client.ask(assumeRole, role);
  if (result.kind === "errorAnswer") throw refusalError(role, origin, result);
  const fields = new Fields(result.body);
  const answer = assumeRole.readAnswer(fields);
  if (fields.faults.length === 0) return answer;
  const requestId = printable(result.body.RequestId, 128) || "none";
  throw new CredentialsError(
    `The answer to AssumeRole for ${role.roleArn} (${role.from}, request id ${requestId}) has no credentials: ` +
      `${fields.faults.join("; ")}. Check the setting ${stsService.endpointSetting}.`,
  );
}

function refusalError(role: AssumeRole, origin: string, answer: ErrorAnswer): CredentialsError {
  return new CredentialsError(
    `The role ${role.roleArn} (${role.from}) could not be assumed with ${origin}: ${printableCode(answer)}${ownWords(answer)}, ` +
      `request id ${printable(answer.requestId, 128) || "none"}. Check that the role exists, that its trust policy names ` +
      `these credentials, and that they may call ${assumeRole.ramAction} on it: ${policyFor(assumeRole, role)}`,
  );
}
