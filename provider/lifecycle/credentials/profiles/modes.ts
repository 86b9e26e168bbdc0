import CloudSSOCredentialsProvider from "@alicloud/credentials/dist/src/providers/cloud_sso";
import { parseEndpoint } from "../../../ens/endpoint";
import type { KeySource } from "../../../ens/keys";
import { shellQuoted } from "../../../ens/text/shell-quoted";
import { ecsRoleKeys } from "../ecs-role";
import type { KeyTools } from "../key-tools";
import { oidcKeys } from "../oidc-keys";
import { uriKeys } from "../uri-keys";
import { vendorKeys } from "../vendor-keys";
import { externalKeys } from "./external-keys";
import { kept, keptSession, keyPair, temporaryKeys } from "./kept-keys";
import type { NamedProfile } from "./named-profile";
import { isoTime } from "./named-profile";
import { readRole, roleOfProfile, withStsOf } from "./role";

/** How a profile gives keys. */
interface Mode {
  /** What it takes them from, in words. */
  readonly means: string;
  /** @throws CredentialsError where the profile cannot work */
  open(profile: NamedProfile, tools: ModeTools): KeySource;
}

interface ModeTools extends KeyTools {
  /** Opens the profile whose keys another needs. */
  readonly openSource: (name: string, profile: NamedProfile) => KeySource;
}

/** All modes that `aliyun configure` writes. */
export const profileModes: Readonly<Record<string, Mode>> = {
  AK: {
    means: "an access key",
    open: (profile) => kept(profile, keyPair(profile)),
  },
  StsToken: {
    means: "temporary keys",
    open: (profile) => {
      const keys = temporaryKeys(profile);
      const expires = profile.time("sts_expiration");
      if (expires === undefined || expires > Date.now()) return kept(profile, keys);
      throw profile.problem(
        `, but they expired at ${isoTime(expires)}`,
        `Set new ones: ${profile.configure()}`,
      );
    },
  },
  RamRoleArn: {
    means: "a RAM role, assumed with an access key",
    open: (profile, tools) => {
      const keys = profile.text("sts_token") === undefined ? keyPair(profile) : temporaryKeys(profile);
      return roleOfProfile(profile, kept(profile, keys), tools);
    },
  },
  EcsRamRole: {
    means: "the role of an ECS instance",
    open: roleOfInstance,
  },
  RamRoleArnWithRoleName: {
    means: "a RAM role, assumed with the role of an ECS instance",
    open: (profile, tools) => roleOfProfile(profile, roleOfInstance(profile, tools), tools),
  },
  ChainableRamRoleArn: {
    means: "a RAM role, assumed with the keys of another profile",
    open: (profile, tools) => {
      const { source_profile: source } = profile.required("source_profile", "ram_role_arn");
      return roleOfProfile(profile, tools.openSource(source, profile), tools);
    },
  },
  External: {
    means: "the output of a command",
    open: (profile, { settings, transport }) => {
      refuseSwitchedOff(profile);
      return externalKeys(profile, { timeout: settings.clientReadTimeout, transport });
    },
  },
  CredentialsURI: {
    means: "the answer of a URL",
    open: answerOfUrl,
  },
  OIDC: {
    means: "a RAM role, assumed with an OIDC token",
    open: roleOfToken,
  },
  CloudSSO: {
    means: "a sign-in with CloudSSO",
    open: (profile, tools) => keptSession(profile) ?? signedIn(profile, tools),
  },
  OAuth: {
    means: "a sign-in with OAuth",
    open: (profile) => {
      const session = keptSession(profile);
      if (session !== undefined) return session;
      const expires = profile.time("sts_expiration");
      throw profile.problem(
        expires === undefined
          ? ", but nobody has signed in"
          : `, but its keys expired at ${isoTime(expires)}`,
        `Renew them: \`aliyun sts GetCallerIdentity --profile ${shellQuoted(profile.name, "<name>")}\`, or sign in ` +
          `again: ${profile.configure()}`,
      );
    },
  },
  RsaKeyPair: unsupported(
    "an RSA key pair",
    "which aliyun calls deprecated and this package does not support",
  ),
  BearerToken: unsupported("a bearer token", "but ENS takes calls that are signed with keys only"),
  Anonymous: unsupported("nothing", "but ENS takes calls that are signed with keys only"),
};

function unsupported(means: string, why: string): Mode {
  return {
    means,
    open: (profile) => {
      throw profile.problem(`, ${why}`, `Give the profile an access key: ${profile.configure("AK")}`);
    },
  };
}

/** A switch of aliyun's. */
const externalSwitch = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";

function refuseSwitchedOff(profile: NamedProfile): void {
  if (!/^(1|true)$/i.test(process.env[externalSwitch] ?? "")) return;
  throw profile.problem(
    `, but the environment variable ${externalSwitch} switches this mode off`,
    `Remove it: \`unset ${externalSwitch}\``,
  );
}

function roleOfInstance(profile: NamedProfile, { settings, transport }: KeyTools): KeySource {
  return ecsRoleKeys({
    origin: profile.title,
    options: { timeout: settings.clientReadTimeout, transport },
    roleName: profile.text("ram_role_name"),
    noKeys: (why, remedy) => profile.problem(`, but the instance gives no keys${why}`, remedy),
  });
}

function answerOfUrl(profile: NamedProfile, { settings, transport }: KeyTools): KeySource {
  refuseSwitchedOff(profile);
  const uri =
    profile.text("credentials_uri") ??
    (process.env.ALIBABA_CLOUD_CREDENTIALS_URI || profile.required("credentials_uri").credentials_uri);
  if (!/^https?:/i.test(uri) || !URL.canParse(uri)) {
    throw profile.problem(", but what it has is no http or https URL", `Set another: ${profile.configure()}`);
  }
  return uriKeys({
    origin: profile.title,
    options: { timeout: settings.clientReadTimeout, transport },
    uri,
    noKeys: (why, rule) =>
      profile.problem(`, but the URL gives no keys${why}`, `${rule}. Set another: ${profile.configure()}`),
  });
}

function roleOfToken(profile: NamedProfile, tools: KeyTools): KeySource {
  const fields = profile.required("oidc_provider_arn", "oidc_token_file", "ram_role_arn");
  const token = {
    kind: "file",
    path: fields.oidc_token_file,
    from: `oidc_token_file of the ${profile.title}, ${profile.mode}`,
    howToReplace: profile.configure(),
  } as const;
  const role = { ...readRole(profile), oidcProviderArn: fields.oidc_provider_arn, token };
  return oidcKeys(role, { origin: profile.title }, withStsOf(profile, tools));
}

/** Keys that the access token of a sign-in is exchanged for. */
function signedIn(profile: NamedProfile, { settings, transport }: KeyTools): KeySource {
  const again = `Sign in again: ${profile.configure()}`;
  const signIn = profile.required("cloud_sso_sign_in_url", "cloud_sso_account_id", "cloud_sso_access_config");
  const token = profile.text("access_token");
  const expires = profile.time("cloud_sso_access_token_expire");
  if (token === undefined || expires === undefined)
    throw profile.problem(", but nobody has signed in", again);
  if (expires <= Date.now()) throw profile.problem(`, but that expired at ${isoTime(expires)}`, again);
  const url = signIn.cloud_sso_sign_in_url;
  if (!URL.canParse(url) || parseEndpoint(new URL(url).origin) === undefined) {
    throw profile.problem(", but its cloud_sso_sign_in_url is no https URL", again);
  }
  return vendorKeys({
    origin: profile.title,
    options: { timeout: settings.clientReadTimeout, transport },
    open: () =>
      CloudSSOCredentialsProvider.builder()
        .withSignInUrl(url)
        .withAccountId(signIn.cloud_sso_account_id)
        .withAccessConfig(signIn.cloud_sso_access_config)
        .withAccessToken(token)
        .withAccessTokenExpire(expires / 1000)
        .build(),
    noKeys: (why) => profile.problem(`, but CloudSSO gives no keys for it${why}`, again),
  });
}
