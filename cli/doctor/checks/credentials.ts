import { CredentialsError, type CredentialsPlace, EnsError } from "../../../provider/ens/errors";
import type { KeySource } from "../../../provider/ens/keys";
import type { CredentialSettings } from "../../../provider/lifecycle/settings/credential-settings";
import type { Settings } from "../../../provider/lifecycle/settings/settings";
import { ofError, placesOf } from "../details";
import { type Finding, ok, problem } from "../finding";
import { projectFolder } from "../project";
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
    const origin = placesOf(source) === kind ? "" : `; ${placesOf(source)}`;
    const link = chainLink === undefined ? "" : ` (${chainLink})`;
    return ok("credentials", `${shortKeyId(accessKeyId)}, ${lifetime}, from ${kind}${link}${origin}`);
  } catch (error) {
    if (!EnsError.isInstance(error)) throw error;
    const { places } = CredentialsError.isInstance(error) ? error : {};
    if (places !== undefined) return noneFound(settings, places);
    const details = ofError(error, source);
    return problem("credentials", `${kind} gives no keys`, error.message, { details });
  }
}

/** No place has any. What to do comes first, and where was looked, which is long, last. */
export function noneFound({ credentials }: Settings, places: readonly CredentialsPlace[]): Finding {
  // Only a project has a configuration.
  const configure = projectFolder(process.cwd()) === undefined ? "" : `${credentials.howToReplace}; or `;
  const set =
    `Set a key pair: ${configure}export ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or run \`aliyun configure\`. ` +
    "To try without an account: `npx pulumi-alicloud-ens emulator`.";
  const docs = "Docs: pulumi-alicloud-ens/docs/settings.md#credentials";
  return problem(
    "credentials",
    "no credentials were found",
    [...places.flatMap((one) => one.problem ?? []), set, docs],
    {
      details: [
        { title: "Looked at, and found nothing that can be used", lines: places.map(({ place }) => place) },
      ],
    },
  );
}
