import { assumeRoleWithOidc } from "../../ens/actions/assume-role-with-oidc";
import { CredentialsError } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import { printable } from "../../ens/text/printable";
import type { OidcRole, OidcToken } from "../settings/oidc-role";
import { tokenRule } from "../settings/oidc-role";
import { withHome } from "../settings/with-home";
import { askForSession, openSts } from "./ask-for-session";
import { readCredentialsFile } from "./credentials-file";
import type { KeyTools } from "./key-tools";
import { sessionKeys } from "./session-keys";

/** Keys of a RAM role that is taken on with an OIDC token. A file is read again for each session, since it is rotated. */
export function oidcKeys(
  role: OidcRole,
  origins: Pick<KeySource, "origin" | "places">,
  tools: KeyTools,
): KeySource {
  const sts = openSts(tools);
  const { roleArn, token, from } = role;
  const asked = {
    roleArn,
    from,
    // The remedy says where it was set.
    origin: token.kind === "token" ? "the OIDC token" : `the OIDC token in ${printable(token.path, 200)}`,
    remedy: `Set another: ${token.howToReplace}. The role must trust its provider.`,
  };
  return sessionKeys(origins, async () => {
    const oidcToken = await readToken(token);
    return askForSession(sts, assumeRoleWithOidc, { ...role, oidcToken }, asked);
  });
}

async function readToken(token: OidcToken): Promise<string> {
  if (token.kind === "token") return token.token;
  const failed = (what: string, remedy = "Whoever gives tokens to this machine has to write it there.") =>
    new CredentialsError({
      what: `The file of the OIDC token, ${printable(token.path, 200)} (${token.from}), ${what}.`,
      remedy: `${remedy} Or name another: ${token.howToReplace}.`,
    });
  const file = await readCredentialsFile(withHome(token.path));
  if (file.kind === "absent") throw failed("does not exist");
  if (file.kind === "unusable") throw failed(file.why, file.remedy);
  const text = file.text.trim();
  if (!tokenRule.test(text)) throw failed(`does not have ${tokenRule.expected}`);
  return text;
}
