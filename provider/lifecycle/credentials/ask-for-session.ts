import type { Action } from "../../ens/action";
import { stsService } from "../../ens/action";
import { ownWords, printableCode } from "../../ens/call-errors";
import { Client } from "../../ens/client";
import type { Endpoint } from "../../ens/endpoint";
import { endpointSettingOf } from "../../ens/endpoint-setting";
import { CredentialsError } from "../../ens/errors";
import { Fields } from "../../ens/fields";
import type { KeySource } from "../../ens/keys";
import type { RoleSession } from "../../ens/role-session";
import { printable } from "../../ens/text/printable";
import type { KeyTools } from "./key-tools";

/** STS, as the settings say where it is. */
export interface Sts {
  readonly client: Client;
  readonly endpoint: Endpoint;
}

/** @param keys - What signs the calls; none for actions that are unsigned. */
export function openSts({ settings, transport, retry }: KeyTools, keys?: KeySource): Sts {
  const { stsEndpoint: endpoint, clientReadTimeout: timeoutMs, howToSet } = settings;
  const signing = keys === undefined ? {} : { keys };
  const client = new Client({
    service: stsService,
    endpoint,
    timeoutMs,
    transport,
    retry,
    howToSet,
    ...signing,
  });
  return { client, endpoint };
}

/** What the errors about a role say of it, besides what STS answered. */
export interface AskedRole {
  readonly roleArn: string;
  /** Where it was set. */
  readonly from: string;
  /** What it is assumed with, in words. */
  readonly origin: string;
  readonly remedy: string;
  /** The RAM policy that allows it, where one has to. */
  readonly policy?: string;
}

/**
 * Asks STS for a session of a role. Our own client does, since the vendor's credential library would ask once for every
 * resource that starts at the same moment.
 *
 * @throws CredentialsError, ConnectionError, CancelledError
 */
export async function askForSession<Request>(
  { client, endpoint }: Sts,
  action: Action<Request, RoleSession>,
  request: Request,
  { roleArn, from, origin, remedy, policy }: AskedRole,
): Promise<RoleSession> {
  const { result } = await client.ask(action, request);
  if (result.kind === "errorAnswer") {
    throw new CredentialsError(
      {
        what:
          `The role ${roleArn} could not be assumed with ${origin}: ${printableCode(result)}${ownWords(result, { most: 50 })}, ` +
          `request id ${printable(result.requestId, 128) || "none"}.`,
        remedy,
      },
      policy === undefined ? {} : { policy },
    );
  }
  const fields = new Fields(result.body);
  const session = action.readAnswer(fields);
  if (fields.faults.length === 0) return session;
  const requestId = printable(result.body.RequestId, 128) || "none";
  throw new CredentialsError({
    what:
      `The answer to ${action.name} for ${roleArn} (${from}, request id ${requestId}) has no credentials: ` +
      `${fields.told}.`,
    remedy: `Check the setting ${endpointSettingOf(action.service, endpoint)}.`,
  });
}
