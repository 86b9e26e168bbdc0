import type { EnsError } from "../ens/errors";
import { ApiError, ConnectionError, CredentialsError, SettingsError, withSentence } from "../ens/errors";
import type { Session } from "../lifecycle/session";
import type { SettingName } from "../lifecycle/settings/variables";
import { accountSettings, configurableNames } from "../lifecycle/settings/variables";

/**
 * The message of an error that ended a `read` of what state has. A refresh does not run the program, so Pulumi gives
 * this process the settings of the last update, which state keeps: those of the stack and those of a `Provider` (seen
 * with 3.259; docs/settings.md has the commands). What the error tells the user to set may be set already.
 */
export function messageOfRead(error: EnsError, session: Session): string {
  const { config } = session.options;
  const isInState = settingsBehind(error).some(
    (name) => (config(`alicloud-ens:${name}`) ?? config(`alicloud:${name}`)) !== undefined,
  );
  return isInState ? withSentence(error.message, advice) : error.message;
}

/** A refresh asks with the settings of the last update. */
const advice = "Settings changed? First `pulumi up --refresh=false`.";

const ofConnections: readonly SettingName[] = ["endpoint", "endpoints"];

/** The settings that may have caused an error. */
function settingsBehind(error: EnsError): readonly SettingName[] {
  if (SettingsError.isInstance(error)) return configurableNames;
  if (ConnectionError.isInstance(error)) return ofConnections;
  if (CredentialsError.isInstance(error)) return accountSettings;
  const isOfAccount =
    ApiError.isInstance(error) && ["credentials", "permission", "arrears"].includes(error.reason);
  return isOfAccount ? accountSettings : [];
}
