import { randomBytes } from "node:crypto";
import type { EmulatorAccount } from "../options";
import { Refusal } from "../refusal";
import type { World } from "../world/world";
import type { Call } from "./call";
import { missing } from "./missing";

/** AssumeRole of STS: a session of a role, which from then on is an account of the emulator. */
export function assumeRole(call: Call, account: EmulatorAccount, world: World): Record<string, unknown> {
  const roleArn = call.parameter("RoleArn");
  const sessionName = call.parameter("RoleSessionName");
  if (!roleArn) throw missing("RoleArn");
  if (!sessionName) throw missing("RoleSessionName");
  const seconds = Number(call.parameter("DurationSeconds") ?? 3600);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw new Refusal("InvalidParameter.DurationSeconds", 400, "The specified DurationSeconds is invalid.");
  }
  const role = world.roles.find((one) => one.roleArn === roleArn);
  if (role === undefined) {
    throw new Refusal("EntityNotExist.Role", 404, `The role not exists: ${roleArn.split("/").pop()}.`);
  }
  const trusted = role.externalId === undefined || role.externalId === call.parameter("ExternalId");
  if (!trusted || (account.status ?? "active") !== "active") {
    throw new Refusal(
      "NoPermission",
      403,
      "You are not authorized to do this action. You should be authorized by RAM.",
    );
  }
  const expires = new Date(world.now().getTime() + seconds * 1000);
  const session = {
    accessKeyId: `STS.${randomBytes(12).toString("hex")}`,
    accessKeySecret: randomBytes(22).toString("hex"),
    securityToken: randomBytes(48).toString("base64"),
    expires,
  };
  world.accounts.set(session);
  return {
    AssumedRoleUser: {
      Arn: `${roleArn.replace(":role/", ":assumed-role/")}/${sessionName}`,
      AssumedRoleId: `300000000000000000:${sessionName}`,
    },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      AccessKeySecret: session.accessKeySecret,
      SecurityToken: session.securityToken,
      Expiration: expires.toISOString().replace(/\.\d+/, ""),
    },
  };
}
