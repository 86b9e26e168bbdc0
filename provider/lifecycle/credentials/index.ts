import type { KeySource } from "../../ens/keys";
import type { RetryOptions } from "../../ens/retry/retrying-client";
import type { Transport } from "../../ens/transport/exchange";
import type { Settings } from "../settings/settings";
import { assumedRole } from "./assumed-role";
import { defaultChain } from "./default-chain";
import { oidcKeys } from "./oidc-keys";
import { profileKeys } from "./profile";
import { vendorKeys } from "./vendor-keys";

/** The keys that the settings name. Nothing is read or asked before the first call needs them. */
export function keySource(settings: Settings, transport: Transport, retry: RetryOptions): KeySource {
  const base = baseKeys(settings, transport, retry);
  const { assumeRole } = settings;
  return assumeRole === undefined ? base : assumedRole(assumeRole, base, settings, transport, retry);
}

function baseKeys(settings: Settings, transport: Transport, retry: RetryOptions): KeySource {
  const { credentials, clientReadTimeout: timeout, howToSet } = settings;
  const { origin, howToReplace } = credentials;
  const options = { timeout, transport };
  switch (credentials.kind) {
    case "keys":
      return { origin, getKeys: async () => credentials.keys };
    case "profile":
      return profileKeys(credentials, options, howToSet);
    case "ecsRole":
      return vendorKeys({
        origin,
        options,
        config: { type: "ecs_ram_role", roleName: credentials.roleName },
        what: `the ECS role "${credentials.roleName}"`,
        remedy: `Attach the role to the instance, or name another: ${howToReplace}.`,
      });
    case "uri":
      return vendorKeys({
        origin,
        options,
        config: { type: "credentials_uri", credentialsURI: credentials.uri },
        what: "the credentials URI",
        remedy:
          "It must answer a GET with JSON that has AccessKeyId, AccessKeySecret, SecurityToken and Expiration. " +
          `Set another: ${howToReplace}.`,
      });
    case "oidc":
      return oidcKeys(credentials.role, origin, settings, transport, retry);
    case "defaultChain":
      return defaultChain(credentials, options, howToSet);
  }
}
