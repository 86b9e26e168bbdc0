import type { SettingProblem } from "../../ens/errors";
import { isRecord } from "../../ens/is-record";
import { printable } from "../../ens/printable";
import type { Found, Lookup } from "./lookup";
import { parseJson } from "./parse-json";

/** A RAM role to take on, with the official provider's names. */
export interface AssumeRole {
  readonly roleArn: string;
  /** Shown in audit logs. */
  readonly sessionName: string;
  /** A policy that narrows the role's permissions further. */
  readonly policy?: string;
  /** How long a session lasts, in seconds. */
  readonly sessionExpiration: number;
  readonly externalId?: string;
  /** Where the setting was found. */
  readonly from: string;
}

const defaultSessionName = "pulumi-alicloud-ens";
const defaultExpiration = 3600;

/** The role to assume, if any: the object `assumeRole`, or the variables that stand for its parts. */
export function readAssumeRole(
  lookup: Lookup,
  env: NodeJS.ProcessEnv,
  problems: SettingProblem[],
): AssumeRole | undefined {
  const found = lookup.find("assumeRole");
  if (found !== undefined) return fromConfiguration(lookup, found, problems);
  // ALIBABA_CLOUD_ROLE_ARN beside a token file is the default chain's OIDC, which exchanges a token, not a key.
  const oidc = Boolean(env.ALIBABA_CLOUD_OIDC_TOKEN_FILE || env.ALIBABA_CLOUD_OIDC_PROVIDER_ARN);
  const accept = (rank: number) => !(oidc && rank === 3);
  const roleArn = lookup.find("assumeRoleArn", accept);
  if (roleArn === undefined) return undefined;
  const sessionName = lookup.find("assumeRoleSessionName", accept)?.value;
  const sessionExpiration = lookup.find("assumeRoleSessionExpiration", accept)?.value;
  return validated(lookup, { roleArn: roleArn.value, sessionName, sessionExpiration }, roleArn, problems);
}

function fromConfiguration(lookup: Lookup, found: Found, problems: SettingProblem[]): AssumeRole | undefined {
  const parsed = parseJson(found.value);
  // In Terraform, which the official provider comes from, this is a list of one; stacks from there still have it.
  const role: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  if (isRecord(role)) return validated(lookup, role, found, problems);
  problems.push({
    setting: lookup.nameOf("assumeRole"),
    reason: `expected an object (${found.from}). ${remedy(lookup)}`,
  });
  return undefined;
}

const arnForm = "acs:ram::<account id>:role/<role name>";

function remedy({ source }: Lookup): string {
  return `Set it: ${source.howToSet({ assumeRole: { roleArn: arnForm } })}.`;
}

function validated(
  lookup: Lookup,
  role: Readonly<Record<string, unknown>>,
  { from }: Found,
  problems: SettingProblem[],
): AssumeRole | undefined {
  const before = problems.length;
  const refuse = (part: string, expected: string) =>
    problems.push({
      setting: lookup.nameOf(`assumeRole.${part}`),
      reason: `expected ${expected}, got ${role[part] === undefined ? "nothing" : `"${printable(role[part], 80)}"`} (${from}). ${remedy(lookup)}`,
    });
  const text = (part: string, expected: string, test: RegExp, value = role[part]) => {
    if (typeof value === "string" && test.test(value)) return value;
    refuse(part, expected);
    return "";
  };
  const optionalText = (part: string, expected: string) =>
    role[part] === undefined ? undefined : text(part, expected, /^/);
  const roleArn = text("roleArn", arnForm, /^acs:ram::\d+:role\/[\w.-]+$/);
  const sessionName = text(
    "sessionName",
    "2 to 64 letters, digits and . @ - _",
    /^[\w.@-]{2,64}$/,
    role.sessionName ?? defaultSessionName,
  );
  const sessionExpiration = readSeconds(role.sessionExpiration ?? defaultExpiration);
  if (!Number.isInteger(sessionExpiration) || sessionExpiration < 900 || sessionExpiration > 43200) {
    refuse("sessionExpiration", "whole seconds from 900 to 43200");
  }
  const policy = optionalText("policy", "a RAM policy as JSON text");
  const externalId = optionalText("externalId", "a text");
  if (problems.length > before) return undefined;
  return {
    roleArn,
    sessionName,
    sessionExpiration,
    ...(policy !== undefined ? { policy } : {}),
    ...(externalId !== undefined ? { externalId } : {}),
    from,
  };
}

/** A number, or one as text: variables and `pulumi config set --path` make it a text. */
function readSeconds(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}
