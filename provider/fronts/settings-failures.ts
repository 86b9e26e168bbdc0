import { SettingsError } from "../ens/errors";
import type { Session } from "../lifecycle/session";
import type { ShownFailure } from "./secret-values";

/** The settings that cannot be used: a preview already shows what would make the update fail. */
export function settingsFailures(session: Session): ShownFailure[] {
  try {
    void session.settings;
    return [];
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    return error.problems.map(({ setting, reason }) => ({ property: setting, reason }));
  }
}
