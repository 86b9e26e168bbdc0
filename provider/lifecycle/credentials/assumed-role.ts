import { CredentialsError } from "../../ens/errors";
import { isKeyPart, type KeySource, type Keys } from "../../ens/keys";
import { noAnswer } from "../../ens/no-answer";
import { printable } from "../../ens/printable";
import { RetryingClient, type RetryOptions } from "../../ens/retry/retrying-client";
import { type Refusal, RpcClient } from "../../ens/rpc-client";
import type { Transport } from "../../ens/transport/exchange";
import type { AssumeRole } from "../settings/assume-role";
import type { Settings } from "../settings/settings";
import { openedKeys } from "./opened-keys";

interface Session {
  readonly keys: Keys;
  /** When to ask for a new one, in milliseconds since the epoch. */
  readonly renewAt: number;
}

/** A session is renewed this long before it expires, so that no call is signed with one that is about to. */
const margin = 5 * 60_000;

/**
 * Keys of a RAM role. Asked of STS by our own client: the vendor's credential library would ask once for every
 * resource that starts at the same moment.
 *
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 */
export function assumedRole(
  role: AssumeRole,
  base: KeySource,
  settings: Settings,
  transport: Transport,
  retry: RetryOptions,
): KeySource {
  const { stsEndpoint, clientReadTimeout } = settings;
  let client: RetryingClient | undefined;
  return openedKeys(`role ${role.roleArn} from ${role.from}, assumed with ${base.origin}`, async () => {
    let session: Session | undefined;
    return async () => {
      if (session !== undefined && Date.now() < session.renewAt) return session.keys;
      client ??= new RetryingClient(
        new RpcClient({
          endpoint: stsEndpoint,
          version: "2015-04-01",
          keys: base,
          timeout: clientReadTimeout,
          transport,
        }),
        retry,
      );
      const outcome = await client.call("AssumeRole", {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName,
        DurationSeconds: String(role.sessionExpiration),
        ...(role.policy !== undefined ? { Policy: role.policy } : {}),
        ...(role.externalId !== undefined ? { ExternalId: role.externalId } : {}),
      });
      const { reply } = outcome;
      if (reply.kind === "failure") throw noAnswer("AssumeRole", stsEndpoint, reply, outcome);
      if (reply.kind === "refusal") throw refused(role, base, reply.refusal);
      session = readSession(reply.body, role);
      return session.keys;
    };
  });
}

function refused(role: AssumeRole, base: KeySource, refusal: Refusal): CredentialsError {
  const { message, requestId } = refusal;
  const code = printable(refusal.code, 100) || `HTTP ${refusal.statusCode}`;
  // The message for a bad signature repeats the signed request.
  const said = code.startsWith("SignatureDoesNotMatch") ? "" : ` (${printable(message, 200)})`;
  return new CredentialsError(
    `The role ${role.roleArn} (${role.from}) could not be assumed with ${base.origin}: ${code}${said}, ` +
      `request id ${printable(requestId, 128) || "none"}. Check that the role exists, that its trust policy names ` +
      `these credentials, and that they may call sts:AssumeRole on it: ` +
      `{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"${role.roleArn}"}]}`,
  );
}

function readSession(body: Readonly<Record<string, unknown>>, role: AssumeRole): Session {
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = (body.Credentials ?? {}) as Readonly<
    Record<string, unknown>
  >;
  const expires = typeof Expiration === "string" ? Date.parse(Expiration) : Number.NaN;
  if (
    !isKeyPart(AccessKeyId) ||
    !isKeyPart(AccessKeySecret) ||
    !isKeyPart(SecurityToken) ||
    Number.isNaN(expires)
  ) {
    const requestId = printable(body.RequestId, 128) || "none";
    throw new CredentialsError(
      `The answer to AssumeRole for ${role.roleArn} (${role.from}, request id ${requestId}) has no credentials. ` +
        "Check the sts entry of the setting endpoints.",
    );
  }
  return {
    keys: { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken },
    renewAt: expires - margin,
  };
}
