import type { Action } from "../action";
import { stsService } from "../action";
import type { RoleSession } from "../role-session";
import { readSession } from "../role-session";

/** A RAM role to take on, and the session wanted. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  /** How long the session lasts, in seconds. */
  readonly sessionExpiration: number;
  /** A policy that narrows the role's permissions further. */
  readonly policy?: string;
  readonly externalId?: string;
}

/**
 * Gives a session of a RAM role.
 *
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 */
export const assumeRole: Action<AssumeRoleRequest, RoleSession> = {
  name: "AssumeRole",
  service: stsService,
  readOnly: true,
  // A second call only gives a second session, which ends by itself.
  repeatable: true,
  ramAction: "sts:AssumeRole",
  ramResource: ({ roleArn }) => roleArn,
  subject: ({ roleArn }) => `the role ${roleArn}`,
  inputs: () => ({}),
  parameters: ({ roleArn, sessionName, sessionExpiration, policy, externalId }) => ({
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: String(sessionExpiration),
    ...(policy !== undefined ? { Policy: policy } : {}),
    ...(externalId !== undefined ? { ExternalId: externalId } : {}),
  }),
  readAnswer: readSession,
};
