import type { KeySource } from "../../ens/keys";
import type { RoleSession } from "../../ens/role-session";
import { openedKeys } from "./opened-keys";

/**
 * A session is renewed this many milliseconds before it expires, so that no call is signed with one that is about to.
 */
const renewalMargin = 5 * 60_000;

/** Keys that end, one session of them after another. `ask` gets a new one. */
export function sessionKeys(
  from: Pick<KeySource, "origin" | "places">,
  ask: () => Promise<RoleSession>,
): KeySource {
  return openedKeys(from, async () => {
    let session: RoleSession | undefined;
    return async () => {
      if (session === undefined || Date.now() >= session.expires - renewalMargin) session = await ask();
      return session.keys;
    };
  });
}
