import { URICredentialsProvider } from "@alicloud/credentials";
import { CredentialsError } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import type { RetryOptions } from "../../ens/retry/retrying-client";
import type { Transport } from "../../ens/transport/exchange";
import type { Settings } from "../settings/settings";
import { assumedRole } from "./assumed-role";
import { defaultChain } from "./default-chain";
import { ecsRoleKeys } from "./ecs-role";
import type { KeyTools } from "./key-tools";
import { oidcKeys } from "./oidc-keys";
import { profileKeys } from "./profiles/profile";
import { vendorKeys } from "./vendor-keys";

/** The keys that the settings name. Nothing is read or asked before the first call needs them. */
export function keySource(settings: Settings, transport: Transport, retry: RetryOptions): KeySource {
  const base = baseKeys({ settings, transport, retry });
  const { assumeRole } = settings;
  return assumeRole === undefined ? base : assumedRole(assumeRole, base, settings, transport, retry);
}

function baseKeys(tools: KeyTools): KeySource {
  const { settings, transport, retry } = tools;
  const { credentials, clientReadTimeout: timeout } = settings;
  const { origin, howToReplace } = credentials;
  const options = { timeout, transport };
  switch (credentials.kind) {
    case "keys":
      return { origin, getKeys: async () => credentials.keys };
    case "profile":
      return profileKeys(credentials, tools);
    case "ecsRole":
      return ecsRoleKeys({
        origin,
        options,
        roleName: credentials.roleName,
        noKeys: (why, remedy) =>
          new CredentialsError(
            `No credentials from the ECS role "${credentials.roleName}" (${origin})${why}. ${remedy}. ` +
              `Name another role: ${howToReplace}.`,
          ),
      });
    case "uri":
      return vendorKeys({
        origin,
        options,
        open: () => URICredentialsProvider.builder().withCredentialsURI(credentials.uri).build(),
        noKeys: (why) =>
          new CredentialsError(
            `No credentials from the credentials URI (${origin})${why}. ` +
              "It must answer a GET with JSON that has AccessKeyId, AccessKeySecret, SecurityToken and Expiration. " +
              `Set another: ${howToReplace}.`,
          ),
      });
    case "oidc":
      return oidcKeys(credentials.role, origin, settings, transport, retry);
    case "defaultChain":
      return defaultChain(credentials, tools);
  }
}
