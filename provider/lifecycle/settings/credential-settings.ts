import { readFileSync } from "node:fs";
import type { SettingProblem } from "../../ens/errors";
import type { Keys } from "../../ens/keys";
import { isKeyPart } from "../../ens/keys";
import { printable } from "../../ens/text/printable";
import { shellQuoted } from "../../ens/text/shell-quoted";
import type { Found, Lookup } from "./lookup";
import type { OidcRole } from "./oidc-role";
import { findOidc, readOidcRole } from "./oidc-role";
import { withHome } from "./with-home";

/** Where keys come from, before a role is assumed with them. `origin` and `places` hold no secret. */
export type CredentialSettings = {
  /** In short, as {@link KeySource} has it. */
  readonly origin: string;
  /** All settings that say so. Left out where the origin does. */
  readonly places?: string;
  /** How the user gets other keys from there, ready to copy. */
  readonly howToReplace: string;
} & (
  | { readonly kind: "keys"; readonly keys: Keys }
  | {
      readonly kind: "profile";
      /** The place of the setting that names it or its file. */
      readonly from: string;
      /** `undefined`: the one the file calls current. */
      readonly profile?: string;
      /** `undefined`: the usual files of the vendor's tools. */
      readonly file?: string;
    }
  | { readonly kind: "ecsRole"; readonly roleName: string }
  | { readonly kind: "uri"; readonly uri: string }
  | { readonly kind: "oidc"; readonly role: OidcRole }
  | {
      readonly kind: "defaultChain";
      /** Where the settings above were looked for. The error says so when the chain finds nothing either. */
      readonly lookedAt: readonly string[];
    }
);

/**
 * Chooses the credentials. What is set for this package alone (`alicloud-ens:`, or arguments of a provider) goes before
 * all that the official provider reads too. Within each of the two it is the official provider's order: a key pair, a
 * profile, a credentials URI, an ECS role, an OIDC token; from wherever it is.
 */
export function readCredentialSettings(lookup: Lookup, problems: SettingProblem[]): CredentialSettings {
  const accessKey = lookup.find("accessKey");
  const secretKey = lookup.find("secretKey");
  const profile = lookup.find("profile");
  const file = findFile(lookup);
  const uri = lookup.find("credentialsUri");
  const ecsRole = lookup.find("ecsRoleName");
  const oidc = findOidc(lookup);
  const kinds = [
    { found: [accessKey, secretKey], read: () => readPair(lookup, accessKey, secretKey, problems) },
    { found: [profile, file], read: () => readProfile(profile, file) },
    { found: [uri], read: () => uri && readUri(uri, problems) },
    { found: [ecsRole], read: () => ecsRole && readEcsRole(ecsRole) },
    { found: [oidc], read: () => oidc && readOidc(lookup, oidc, problems) },
  ];
  const isOwn = (places: readonly (Found | undefined)[]) => places.some((place) => place?.rank === 0);
  const isSet = (places: readonly (Found | undefined)[]) => places.some((place) => place !== undefined);
  const chosen = kinds.find(({ found }) => isOwn(found)) ?? kinds.find(({ found }) => isSet(found));
  return (
    chosen?.read() ?? {
      kind: "defaultChain",
      origin: "the default credential chain",
      lookedAt: lookedAt(lookup),
      howToReplace: howToSetPair(lookup),
    }
  );
}

function howToSetPair(lookup: Lookup): string {
  return lookup.howToSet({ accessKey: "<id>", secretKey: "<secret>" });
}

function readPair(
  lookup: Lookup,
  accessKey: Found | undefined,
  secretKey: Found | undefined,
  problems: SettingProblem[],
): CredentialSettings | undefined {
  if (accessKey === undefined || secretKey === undefined) {
    const [missing, value] =
      accessKey === undefined ? (["accessKey", "<id>"] as const) : (["secretKey", "<secret>"] as const);
    const half = accessKey ?? secretKey;
    problems.push({
      setting: lookup.nameOf(missing),
      reason:
        `it is missing, while the other half of the key pair comes from ${half?.from}.\n` +
        `Set it: ${half?.at(missing).howToSet(value)}.`,
    });
    return undefined;
  }
  const token = findToken(lookup, accessKey);
  const parts = [accessKey, secretKey, ...(token !== undefined ? [token] : [])];
  refuseBroken(parts, problems);
  return {
    kind: "keys",
    origin: accessKey.from,
    places: `access key from ${accessKey.from}, secret key from ${secretKey.from}`,
    howToReplace: howToSetPair(lookup),
    keys: {
      accessKeyId: accessKey.value,
      accessKeySecret: secretKey.value,
      ...(token !== undefined ? { securityToken: token.value } : {}),
    },
  };
}

/** Reports parts of a key that cannot be right, such as half a line or a whole file pasted by mistake. */
function refuseBroken(parts: readonly Found[], problems: SettingProblem[]): void {
  for (const { value, label, from, howToSet } of parts) {
    if (isKeyPart(value)) continue;
    problems.push({
      setting: label,
      reason:
        `expected letters, digits and signs without a space or a new line, got something else (${from}).\n` +
        `Set it: ${howToSet("<value>")}.`,
    });
  }
}

/**
 * A token belongs to its access key, so a token from another place would belong to another key. Only a temporary key
 * (`STS.…`), which is useless without a token, takes one from any place.
 */
function findToken(lookup: Lookup, accessKey: Found): Found | undefined {
  const ownToken = lookup.find("securityToken", (rank) => rank === accessKey.rank);
  return ownToken ?? (accessKey.value.startsWith("STS.") ? lookup.find("securityToken") : undefined);
}

/**
 * `ALIBABA_CLOUD_CREDENTIALS_FILE` is two things: to the official provider it is the JSON of `aliyun configure`, and to
 * the vendor's SDKs it is an INI file, which the default chain reads.
 */
function findFile(lookup: Lookup): Found | undefined {
  const found = lookup.find("sharedCredentialsFile");
  return found?.label === "ALIBABA_CLOUD_CREDENTIALS_FILE" && !isJsonFile(found.value) ? undefined : found;
}

function isJsonFile(path: string): boolean {
  try {
    return readFileSync(withHome(path), "utf8").trimStart().startsWith("{");
  } catch {
    // Whoever reads the file says what is wrong with it.
    return false;
  }
}

function readProfile(profile: Found | undefined, file: Found | undefined): CredentialSettings {
  const origins = [profile && `profile from ${profile.from}`, file && `file from ${file.from}`];
  const flags = [
    profile && ` --profile ${shellQuoted(profile.value, "<name>")}`,
    file && ` --config-path ${shellQuoted(file.value, "<path>")}`,
  ];
  return {
    kind: "profile",
    origin: profile === undefined ? "the credentials file" : `profile "${printable(profile.value, 80)}"`,
    places: origins.filter(Boolean).join(", "),
    from: (profile ?? file)?.from ?? "",
    howToReplace: `\`aliyun configure${flags.filter(Boolean).join("")}\``,
    ...(profile !== undefined ? { profile: profile.value } : {}),
    ...(file !== undefined ? { file: file.value } : {}),
  };
}

function readUri(found: Found, problems: SettingProblem[]): CredentialSettings | undefined {
  const { value, label, from } = found;
  const howToReplace = found.howToSet("<url>");
  if (URL.canParse(value) && /^https?:/i.test(value)) {
    return { kind: "uri", origin: from, howToReplace, uri: value };
  }
  problems.push({
    setting: label,
    // Its value may hold a token.
    reason: `expected an http or https URL (${from}).\nSet it: ${howToReplace}.`,
  });
  return undefined;
}

function readEcsRole({ value, from, howToSet }: Found): CredentialSettings {
  return { kind: "ecsRole", origin: from, howToReplace: howToSet("<role>"), roleName: value };
}

function readOidc(lookup: Lookup, found: Found, problems: SettingProblem[]): CredentialSettings | undefined {
  const role = readOidcRole(lookup, found, problems);
  if (role === undefined) return undefined;
  const { from, howToReplace } = role.token;
  const origin = `role ${role.roleArn}`;
  const places = `${origin} from ${found.from}, with the OIDC token from ${from}`;
  return { kind: "oidc", origin, places, howToReplace, role };
}

function lookedAt(lookup: Lookup): readonly string[] {
  const kinds = [
    "accessKey",
    "secretKey",
    "profile",
    "sharedCredentialsFile",
    "credentialsUri",
    "ecsRoleName",
    "assumeRoleWithOidc",
  ] as const;
  return kinds.map((kind) => `${kind}: ${lookup.whereabouts(kind)}`);
}
