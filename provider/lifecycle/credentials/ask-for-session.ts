import type { Action } from "../../ens/action";
import { ownWords, printableCode } from "../../ens/call-errors";
import type { Client } from "../../ens/client";
import type { Endpoint } from "../../ens/endpoint";
import { endpointSettingOf } from "../../ens/endpoint-setting";
import { CredentialsError } from "../../ens/errors";
import { Fields } from "../../ens/fields";
import type { RoleSession } from "../../ens/role-session";
import { printable } from "../../ens/text/printable";

/** What the errors about a role say of it, besides what STS answered. */
export interface AskedRole {
  readonly roleArn: string;
  /** Where it was set. */
  readonly from: string;
  /** What it is assumed with, in words. */
  readonly origin: string;
  readonly remedy: string;
}

/**
 * Asks STS for a session of a role. Our own client does, since the vendor's credential library would ask once for every
 * resource that starts at the same moment.
 *
 * @throws CredentialsError, ConnectionError, CancelledError
 */
export async function askForSession<Request>(
  { client, endpoint }: { readonly client: Client; readonly endpoint: Endpoint },
  action: Action<Request, RoleSession>,
  request: Request,
  { roleArn, from, origin, remedy }: AskedRole,
): Promise<RoleSession> {
  const { result } = await client.ask(action, request);
  if (result.kind === "errorAnswer") {
    throw new CredentialsError(
      `The role ${roleArn} (${from}) could not be assumed with ${origin}: ${printableCode(result)}${ownWords(result)}, ` +
        `request id ${printable(result.requestId, 128) || "none"}. ${remedy}`,
    );
  }
  const fields = new Fields(result.body);
  const session = action.readAnswer(fields);
  if (fields.faults.length === 0) return session;
  const requestId = printable(result.body.RequestId, 128) || "none";
  throw new CredentialsError(
    `The answer to ${action.name} for ${roleArn} (${from}, request id ${requestId}) has no credentials: ` +
      `${fields.faults.join("; ")}. Check the setting ${endpointSettingOf(action.service, endpoint)}.`,
  );
}
