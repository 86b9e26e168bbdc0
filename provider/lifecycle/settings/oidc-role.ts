import type { SettingProblem } from "../../ens/errors";
import type { Found, Lookup } from "./lookup";
import type { WantedSession } from "./role-parts";
import { RoleParts, roleArnRule, textRule } from "./role-parts";

/** A RAM role to take on with an OIDC token in place of keys. */
export interface OidcRole extends WantedSession {
  readonly roleArn: string;
  readonly oidcProviderArn: string;
  readonly token: OidcToken;
  /** Where the setting was found. */
  readonly from: string;
}

/** The token itself, or the file that has it; and where the setting was found. */
export type OidcToken = (
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "file"; readonly path: string }
) & {
  readonly from: string;
  /** How the user sets another, ready to copy. */
  readonly howToReplace: string;
};

const parts = {
  roleArn: "oidcRoleArn",
  oidcProviderArn: "oidcProviderArn",
  oidcToken: "oidcToken",
  oidcTokenFile: "oidcTokenFile",
  roleSessionName: "oidcRoleSessionName",
  policy: undefined,
  sessionExpiration: undefined,
} as const;

const providerArnForm = "acs:ram::<account id>:oidc-provider/<name>";

const providerArnRule = {
  expected: providerArnForm,
  test: (text: string) => /^acs:ram::\d+:oidc-provider\/[\w.-]+$/.test(text),
  example: providerArnForm,
};

/** What a token may be; the length is that of the API. */
export const tokenRule = {
  expected: "an OIDC token of 4 to 20000 characters without a space",
  test: (text: string) => /^[\x21-\x7e]{4,20000}$/.test(text),
  example: "<token>",
  secret: true,
} as const;

/** What says that a role is taken on with an OIDC token: the object, or one of the variables that are for nothing else. */
export function findOidc(lookup: Lookup): Found | undefined {
  return (
    lookup.find("assumeRoleWithOidc") ??
    lookup.find("oidcTokenFile") ??
    lookup.find("oidcToken") ??
    lookup.find("oidcProviderArn")
  );
}

export function readOidcRole(lookup: Lookup, found: Found, problems: SettingProblem[]): OidcRole | undefined {
  const before = problems.length;
  const role = new RoleParts(lookup, { name: "assumeRoleWithOidc", found, parts, problems });
  if (problems.length > before && role.isEmpty) return undefined;
  const roleArn = role.text("roleArn", roleArnRule);
  const oidcProviderArn = role.text("oidcProviderArn", providerArnRule);
  const session = role.session("roleSessionName");
  const token = readToken(role);
  if (problems.length > before || token === undefined) return undefined;
  return { roleArn, oidcProviderArn, token, ...session, from: found.from };
}

/** The official provider takes the token where both are set, also one of a variable. */
function readToken(role: RoleParts): OidcToken | undefined {
  const token = role.optionalText("oidcToken", tokenRule);
  if (token !== undefined) {
    const { place } = role.find("oidcToken");
    return { kind: "token", token, from: place.from, howToReplace: place.howToSet(tokenRule.example) };
  }
  const path = role.text("oidcTokenFile", {
    ...textRule,
    expected: "oidcToken or the path of a file that has it",
  });
  const { place } = role.find("oidcTokenFile");
  return { kind: "file", path, from: place.from, howToReplace: place.howToSet("<path>") };
}
