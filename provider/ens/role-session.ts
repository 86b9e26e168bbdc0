import type { Fields } from "./fields";
import type { Keys } from "./keys";
import { isKeyPart } from "./keys";

/** The session of a RAM role. */
export interface RoleSession {
  readonly keys: Keys;
  /** When the session ends, in milliseconds since the epoch. */
  readonly expires: number;
}

const keyPart = { expected: "a part of a key", test: isKeyPart, secret: true };
const date = { expected: "a date", test: (text: string) => !Number.isNaN(Date.parse(text)) };

/** Reads the session that STS answers. */
export function readSession(fields: Fields): RoleSession {
  const credentials = fields.object("Credentials");
  return {
    keys: {
      accessKeyId: credentials.text("AccessKeyId", keyPart),
      accessKeySecret: credentials.text("AccessKeySecret", keyPart),
      securityToken: credentials.text("SecurityToken", keyPart),
    },
    expires: Date.parse(credentials.text("Expiration", date)),
  };
}
