import type { Action } from "../gateway/action";
import { notAuthorized } from "./not-authorized";
import { giveSession, readWantedSession } from "./session";

/** AssumeRole: a session of a role for an account. */
export const assumeRole: Action = {
  name: "AssumeRole",
  run({ parameters, world }) {
    const wanted = readWantedSession(parameters, world);
    const { externalId } = wanted.role;
    if (externalId !== undefined && externalId !== parameters.optionalText("ExternalId")) {
      throw notAuthorized();
    }
    return giveSession(wanted, world);
  },
};
