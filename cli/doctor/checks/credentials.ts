import { EnsError } from "../../../provider/ens/errors";
import type { KeySource } from "../../../provider/ens/keys";
import type { CredentialSettings } from "../../../provider/lifecycle/settings/credential-settings";
import type { Settings } from "../../../provider/lifecycle/settings/settings";
import { type Finding, ok, problem } from "../finding";
import { inFull } from "../in-full";
import { shortKeyId } from "../short-key-id";

const kinds: Readonly<Record<CredentialSettings["kind"], string>> = {
  keys: "a key pair",
  profile: "a profile of `aliyun configure`",
  ecsRole: "the role of an ECS instance",
  uri: "a credentials URI",
  oidc: "a RAM role, with an OIDC token",
  defaultChain: "the default credential chain",
};

/** Gets the keys, and assumes the role where one is set. Only a call can tell whether ENS accepts them. */
export async function checkCredentials(settings: Settings, source: KeySource): Promise<Finding> {
  const kind = settings.assumeRole === undefined ? kinds[settings.credentials.kind] : "a RAM role";
  try {
    const { accessKeyId, securityToken, chainLink } = await source.getKeys();
    const lifetime = securityToken === undefined ? "permanent" : "temporary (STS)";
    const places = source.places ?? source.origin;
    const origin = places === kind ? "" : `; ${places}`;
    const link = chainLink === undefined ? "" : ` (${chainLink})`;
    return ok("credentials", `${shortKeyId(accessKeyId)}, ${lifetime}, from ${kind}${link}${origin}`);
  } catch (error) {
    if (!EnsError.isInstance(error)) throw error;
    const message =
      settings.credentials.kind === "defaultChain" && settings.assumeRole === undefined
        ? "no credentials were found"
        : `${kind} gives no keys (${source.places ?? source.origin})`;
    return problem("credentials", message, inFull(error));
  }
}
