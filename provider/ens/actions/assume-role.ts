import type { Action } from "../action";
import { stsService } from "../action";
import type { Keys } from "../keys";
import { isKeyPart } from "../keys";

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

/** The keys of a session. */
export interface AssumeRoleAnswer {
  readonly keys: Keys;
  /** When the session ends, in milliseconds since the epoch. */
  readonly expires: number;
}

const keyPart = { expected: "a part of a key", test: isKeyPart, secret: true };
const date = { expected: "a date", test: (text: string) => !Number.isNaN(Date.parse(text)) };

/**
 * Gives a session of a RAM role.
 *
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 */
export const assumeRole: Action<AssumeRoleRequest, AssumeRoleAnswer> = {
  name: "AssumeRole",
  service: stsService,
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
  readAnswer: (fields) => {
    const credentials = fields.object("Credentials");
    return {
      keys: {
        accessKeyId: credentials.text("AccessKeyId", keyPart),
        accessKeySecret: credentials.text("AccessKeySecret", keyPart),
        securityToken: credentials.text("SecurityToken", keyPart),
      },
      expires: Date.parse(credentials.text("Expiration", date)),
    };
  },
};
