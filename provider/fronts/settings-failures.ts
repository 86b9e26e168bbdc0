import type { SettingProblem } from "../ens/errors";
import { SettingsError, withDocsLink } from "../ens/errors";
import type { Session } from "../lifecycle/session";
import type { ShownFailure } from "./secret-values";

/**
 * The settings that cannot be used: a preview already shows what would make the update fail. They are no properties of a
 * resource, so Pulumi would show a value of `{<nil>}` for each.
 */
export function settingsFailures(session: Session): ShownFailure[] {
  return settingProblems(session).map(failureOf);
}

export function failureOf({ setting, reason }: SettingProblem): ShownFailure {
  return { property: "", reason: withDocsLink(`${setting}: ${reason}`, SettingsError.kind) };
}

export function settingProblems(session: Session): readonly SettingProblem[] {
  try {
    void session.settings;
    return [];
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    return error.problems;
  }
}
