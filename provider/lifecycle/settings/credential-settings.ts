import type { SettingProblem } from "../../ens/errors";
import type { Keys } from "../../ens/keys";
import { isKeyPart } from "../../ens/keys";
import type { Found, Lookup, SettingName } from "./lookup";

/** Where keys come from, before a role is assumed with them. `origin` holds no secret. */
export type CredentialSettings =
  | { readonly kind: "keys"; readonly origin: string; readonly keys: Keys }
  | {
      readonly kind: "profile";
      readonly origin: string;
      /** `undefined`: the one the file calls current. */
      readonly profile?: string;
      /** `undefined`: the usual files of the vendor's tools. */
      readonly file?: string;
    }
  | { readonly kind: "ecsRole"; readonly origin: string; readonly roleName: string }
  | { readonly kind: "uri"; readonly origin: string; readonly uri: string }
  | {
      readonly kind: "defaultChain";
      readonly origin: string;
      /** Where the settings above were looked for. The error says so when the chain finds nothing either. */
      readonly lookedAt: readonly string[];
    };

/** The rank of `ALIBABA_CLOUD_*`: the default chain reads those itself, in its own order. */
const chainRank = 3;

/**
 * Chooses the credentials. The strongest place that names any wins. Within one place, a key pair is stronger than a
 * profile, a profile than an ECS role, and an ECS role than a credentials URI.
 */
export function readCredentialSettings(lookup: Lookup, problems: SettingProblem[]): CredentialSettings {
  const accessKey = lookup.find("accessKey");
  const secretKey = lookup.find("secretKey");
  const profile = lookup.find("profile");
  const file = lookup.find("sharedCredentialsFile");
  const ecsRole = lookup.find("ecsRoleName");
  const uri = lookup.find("credentialsUri");
  const pairRank = strongest(accessKey, secretKey);
  const candidates = [
    { rank: pairRank, read: () => readPair(lookup, accessKey, secretKey, problems) },
    { rank: belowChain(strongest(profile, file)), read: () => readProfile(profile, file) },
    {
      rank: belowChain(strongest(ecsRole)),
      read: () => ecsRole && ({ kind: "ecsRole", origin: ecsRole.from, roleName: ecsRole.value } as const),
    },
    {
      rank: belowChain(strongest(uri)),
      read: () => readUri(lookup, uri, problems),
    },
  ];
  const best = Math.min(...candidates.map(({ rank }) => rank));
  const chosen = candidates.find(({ rank }) => rank === best && rank !== Number.POSITIVE_INFINITY)?.read();
  return (
    chosen ?? { kind: "defaultChain", origin: "the default credential chain", lookedAt: lookedAt(lookup) }
  );
}

function strongest(...found: readonly (Found | undefined)[]): number {
  return Math.min(...found.map((place) => place?.rank ?? Number.POSITIVE_INFINITY));
}

function belowChain(rank: number): number {
  return rank < chainRank ? rank : Number.POSITIVE_INFINITY;
}

function readPair(
  lookup: Lookup,
  accessKey: Found | undefined,
  secretKey: Found | undefined,
  problems: SettingProblem[],
): CredentialSettings | undefined {
  if (accessKey === undefined || secretKey === undefined) {
    const reportHalf = (missing: SettingName, value: string, present?: Found) =>
      problems.push({
        setting: lookup.nameOf(missing),
        reason:
          `is missing, while the other half of the key pair comes from ${present?.from}. ` +
          `Looked at ${lookup.whereabouts(missing)}. Set it: ${lookup.source.howToSet({ [missing]: value })}.`,
      });
    if (accessKey === undefined) reportHalf("accessKey", "<id>", secretKey);
    else reportHalf("secretKey", "<secret>", accessKey);
    return undefined;
  }
  const token = findToken(lookup, accessKey);
  const securityToken = token?.value;
  const parts = { accessKey, secretKey, ...(token !== undefined ? { securityToken: token } : {}) };
  refuseBroken(lookup, parts, problems);
  return {
    kind: "keys",
    origin: `access key from ${accessKey.from}, secret key from ${secretKey.from}`,
    keys: {
      accessKeyId: accessKey.value,
      accessKeySecret: secretKey.value,
      ...(securityToken !== undefined ? { securityToken } : {}),
    },
  };
}

/** Reports parts of a key that cannot be right, such as half a line or a whole file pasted by mistake. */
function refuseBroken(
  lookup: Lookup,
  parts: Readonly<Record<string, Found>>,
  problems: SettingProblem[],
): void {
  for (const [name, { value, from }] of Object.entries(parts)) {
    if (isKeyPart(value)) continue;
    problems.push({
      setting: lookup.nameOf(name),
      reason:
        `expected letters, digits and signs without a space or a new line, got something else (${from}). ` +
        `Set it: ${lookup.source.howToSet({ [name]: "<value>" })}.`,
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

function readProfile(profile: Found | undefined, file: Found | undefined): CredentialSettings {
  const origins = [profile && `profile from ${profile.from}`, file && `file from ${file.from}`];
  return {
    kind: "profile",
    origin: origins.filter(Boolean).join(", "),
    ...(profile !== undefined ? { profile: profile.value } : {}),
    ...(file !== undefined ? { file: file.value } : {}),
  };
}

function readUri(
  lookup: Lookup,
  found: Found | undefined,
  problems: SettingProblem[],
): CredentialSettings | undefined {
  if (found === undefined) return undefined;
  if (URL.canParse(found.value) && /^https?:/i.test(found.value)) {
    return { kind: "uri", origin: found.from, uri: found.value };
  }
  problems.push({
    setting: lookup.nameOf("credentialsUri"),
    reason: `expected an http or https URL (${found.from}). Set it: ${lookup.source.howToSet({ credentialsUri: "<url>" })}.`,
  });
  return undefined;
}

function lookedAt(lookup: Lookup): readonly string[] {
  const kinds = [
    "accessKey",
    "secretKey",
    "profile",
    "sharedCredentialsFile",
    "ecsRoleName",
    "credentialsUri",
  ] as const;
  return kinds.map((kind) => `${kind}: ${lookup.whereabouts(kind)}`);
}
