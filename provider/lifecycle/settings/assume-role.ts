import type { SettingProblem } from "../../ens/errors";
import type { Lookup } from "./lookup";
import type { WantedSession } from "./role-parts";
import { RoleParts, roleArnRule, textRule } from "./role-parts";

/** A RAM role to take on, with the official provider's names. */
export interface AssumeRole extends WantedSession {
  readonly roleArn: string;
  readonly externalId?: string;
  /** Where the setting was found. */
  readonly from: string;
}

const parts = {
  roleArn: "assumeRoleArn",
  sessionName: "assumeRoleSessionName",
  policy: undefined,
  sessionExpiration: "assumeRoleSessionExpiration",
  externalId: undefined,
} as const;

/** The rank of `ALIBABA_CLOUD_ROLE_ARN`. */
const sharedVariableRank = 3;

/**
 * The role to assume, if any: the object `assumeRole`, or the variables that stand for its parts.
 *
 * @param hasOidc - Whether there is an OIDC token, to which `ALIBABA_CLOUD_ROLE_ARN` then belongs.
 */
export function readAssumeRole(
  lookup: Lookup,
  hasOidc: boolean,
  problems: SettingProblem[],
): AssumeRole | undefined {
  const variable = lookup.find("assumeRoleArn", (rank) => !(hasOidc && rank === sharedVariableRank));
  const found = lookup.find("assumeRole") ?? variable;
  if (found === undefined) return undefined;
  const before = problems.length;
  const role = new RoleParts(lookup, { name: "assumeRole", found, parts, problems });
  // What is no object, or has a misspelt part, is reported as that alone.
  if (problems.length > before && role.isEmpty) return undefined;
  const roleArn = role.text("roleArn", roleArnRule);
  const session = role.session("sessionName");
  const externalId = role.optionalText("externalId", textRule);
  if (problems.length > before) return undefined;
  return { roleArn, ...session, ...(externalId !== undefined ? { externalId } : {}), from: found.from };
}
