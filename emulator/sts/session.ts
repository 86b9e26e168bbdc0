import { randomBytes } from "node:crypto";
import { apiTime } from "../api-time";
import { defined } from "../defined";
import type { CallParameters } from "../gateway/call-parameters";
import type { EmulatorRole } from "../options";
import { Refusal } from "../refusal";
import type { World } from "../world/world";

/** What a call asks for: a session of a role, by a name, for a time. */
export interface WantedSession {
  readonly role: EmulatorRole;
  readonly sessionName: string;
  readonly seconds: number;
}

/** Reads what session a call wants. */
export function readWantedSession(parameters: CallParameters, world: World): WantedSession {
  const roleArn = parameters.text("RoleArn");
  const sessionName = parameters.text("RoleSessionName");
  const seconds = parameters.optionalInteger("DurationSeconds", 900, 43_200) ?? 3600;
  const role = world.roles.find((one) => one.roleArn === roleArn);
  if (role === undefined) {
    throw new Refusal("EntityNotExist.Role", 404, `The role not exists: ${roleArn.split("/").pop()}.`);
  }
  return { role, sessionName, seconds };
}

/** Gives a session of a role, which from then on is an account of the emulator; what is answered of it. */
export function giveSession({ role, sessionName, seconds }: WantedSession, world: World) {
  const expires = new Date(world.now().getTime() + seconds * 1000);
  const session = {
    accessKeyId: `STS.${randomBytes(12).toString("hex")}`,
    accessKeySecret: randomBytes(22).toString("hex"),
    securityToken: randomBytes(48).toString("base64"),
    expires,
    // `acs:ram::<account id>:role/<name>`
    ...defined({ accountId: role.roleArn.split(":")[3] }),
  };
  world.accounts.set(session);
  return {
    AssumedRoleUser: {
      Arn: `${role.roleArn.replace(":role/", ":assumed-role/")}/${sessionName}`,
      AssumedRoleId: `300000000000000000:${sessionName}`,
    },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      AccessKeySecret: session.accessKeySecret,
      SecurityToken: session.securityToken,
      Expiration: apiTime(expires),
    },
  };
}
