import { CredentialsError } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import type { RetryOptions } from "../../ens/retry/retrying-client";
import type { Transport } from "../../ens/transport/exchange";
import { defined } from "../defined";
import type { Settings } from "../settings/settings";
import { assumedRole } from "./assumed-role";
import { defaultChain } from "./default-chain";
import { ecsRoleKeys } from "./ecs-role";
import type { KeyTools } from "./key-tools";
import { oidcKeys } from "./oidc-keys";
import { profileKeys } from "./profiles/profile";
import { uriKeys } from "./uri-keys";

/** The keys that the settings name. Nothing is read or asked before the first call needs them. */
export function keySource(settings: Settings, transport: Transport, retry: RetryOptions): KeySource {
  const tools = { settings, transport, retry };
  const base = baseKeys(tools);
  const { assumeRole } = settings;
  return assumeRole === undefined ? base : assumedRole(assumeRole, base, tools);
}

function baseKeys(tools: KeyTools): KeySource {
  const { settings, transport } = tools;
  const { credentials, clientReadTimeout: timeout } = settings;
  const { origin, places, howToReplace } = credentials;
  const options = { timeout, transport };
  switch (credentials.kind) {
    case "keys":
      return { origin, ...defined({ places }), getKeys: async () => credentials.keys };
    case "profile":
      return profileKeys(credentials, tools);
    case "ecsRole":
      return ecsRoleKeys({
        origin,
        options,
        roleName: credentials.roleName,
        noKeys: (why, remedy) =>
          new CredentialsError({
            what: `No credentials from the ECS role "${credentials.roleName}" (${origin})${why}.`,
            remedy: `${remedy}. Or name another role: ${howToReplace}.`,
          }),
      });
    case "uri":
      return uriKeys({
        origin,
        options,
        uri: credentials.uri,
        noKeys: (why, rule) =>
          new CredentialsError({
            what: `No credentials from the credentials URI (${origin})${why}.`,
            remedy: `Set another: ${howToReplace}. ${rule}.`,
          }),
      });
    case "oidc":
      return oidcKeys(credentials.role, { origin, ...defined({ places }) }, tools);
    case "defaultChain":
      return defaultChain(credentials, tools);
  }
}
