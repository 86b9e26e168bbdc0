import type { Action } from "../action";
import { stsService } from "../action";
import type { RoleSession } from "../role-session";
import { readSession } from "../role-session";

/** A RAM role to take on with a token of an identity provider, and the session wanted. */
export interface AssumeRoleWithOidcRequest {
  readonly roleArn: string;
  readonly oidcProviderArn: string;
  readonly oidcToken: string;
  readonly sessionName: string;
  /** How long the session lasts, in seconds. */
  readonly sessionExpiration: number;
  /** A policy that narrows the role's permissions further. */
  readonly policy?: string;
}

/**
 * Gives a session of a RAM role to whoever has a token of the identity provider that the role trusts.
 *
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc
 */
export const assumeRoleWithOidc: Action<AssumeRoleWithOidcRequest, RoleSession> = {
  name: "AssumeRoleWithOIDC",
  service: stsService,
  readOnly: true,
  // A second call only gives a second session, which ends by itself.
  repeatable: true,
  unsigned: true,
  secretParameters: ["OIDCToken"],
  ramAction: "sts:AssumeRoleWithOIDC",
  ramResource: ({ roleArn }) => roleArn,
  subject: ({ roleArn }) => `the role ${roleArn}`,
  inputs: () => ({}),
  parameters: ({ roleArn, oidcProviderArn, oidcToken, sessionName, sessionExpiration, policy }) => ({
    RoleArn: roleArn,
    OIDCProviderArn: oidcProviderArn,
    OIDCToken: oidcToken,
    RoleSessionName: sessionName,
    DurationSeconds: String(sessionExpiration),
    ...(policy !== undefined ? { Policy: policy } : {}),
  }),
  readAnswer: readSession,
};
