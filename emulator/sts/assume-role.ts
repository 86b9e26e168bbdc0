import { randomBytes } from "node:crypto";
import type { Action } from "../gateway/action";
import { Refusal } from "../refusal";
import { notAuthorized } from "./not-authorized";

/** AssumeRole: a session of a role, which from then on is an account of the emulator. */
export const assumeRole: Action = {
  name: "AssumeRole",
  run({ parameters, world }) {
    const roleArn = parameters.text("RoleArn");
    const sessionName = parameters.text("RoleSessionName");
    const seconds = parameters.optionalInteger("DurationSeconds", 900, 43_200) ?? 3600;
    const role = world.roles.find((one) => one.roleArn === roleArn);
    if (role === undefined) {
      throw new Refusal("EntityNotExist.Role", 404, `The role not exists: ${roleArn.split("/").pop()}.`);
    }
    if (role.externalId !== undefined && role.externalId !== parameters.optionalText("ExternalId")) {
      throw notAuthorized();
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
  },
};
