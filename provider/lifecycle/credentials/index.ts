import type { KeySource } from "../../ens/keys";
import type { RetryOptions } from "../../ens/retry/retrying-client";
import type { Settings } from "../settings/settings";
import { assumedRole } from "./assumed-role";
import { defaultChain } from "./default-chain";
import { profileKeys } from "./profile";
import { vendorKeys } from "./vendor-keys";

/** The keys that the settings name. Nothing is read or asked before the first call needs them. */
export function keySource(settings: Settings, retry: RetryOptions): KeySource {
  const base = baseKeys(settings);
  return settings.assumeRole === undefined ? base : assumedRole(settings.assumeRole, base, settings, retry);
}

function baseKeys({ credentials, clientReadTimeout }: Settings): KeySource {
  const { origin } = credentials;
  switch (credentials.kind) {
    case "keys":
      return { origin, getKeys: async () => credentials.keys };
    case "profile":
      return profileKeys(credentials, clientReadTimeout);
    case "ecsRole":
      return vendorKeys({
        origin,
        timeout: clientReadTimeout,
        config: { type: "ecs_ram_role", roleName: credentials.roleName },
        what: `the ECS role "${credentials.roleName}"`,
        remedy:
          "Attach the role to the instance, or name another: `pulumi config set alicloud-ens:ecsRoleName <role>`.",
      });
    case "uri":
      return vendorKeys({
        origin,
        timeout: clientReadTimeout,
        config: { type: "credentials_uri", credentialsURI: credentials.uri },
        what: "the credentials URI",
        remedy:
          "It must answer a GET with JSON that has AccessKeyId, AccessKeySecret, SecurityToken and Expiration. " +
          "Set another: `pulumi config set --secret alicloud-ens:credentialsUri <url>`.",
      });
    case "defaultChain":
      return defaultChain(credentials, clientReadTimeout);
  }
}
