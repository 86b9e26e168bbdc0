import type { Action } from "../gateway/action";
import { Refusal } from "../refusal";
import { checkOidcToken } from "./oidc-token";
import { giveSession, readWantedSession } from "./session";

/** AssumeRoleWithOIDC: a session of a role for whoever has a token of the identity provider that the role trusts. */
export const assumeRoleWithOidc: Action = {
  name: "AssumeRoleWithOIDC",
  unsigned: true,
  run({ parameters, world }) {
    const providerArn = parameters.text("OIDCProviderArn");
    const token = parameters.text("OIDCToken");
    const wanted = readWantedSession(parameters, world);
    const provider = world.oidcProviders.find(({ arn }) => arn === providerArn);
    if (provider === undefined || wanted.role.oidcProviderArn !== providerArn) {
      throw new Refusal(
        "AuthenticationFail.NoPermission",
        403,
        "You are not authorized to do this action. The trust policy of the role does not name the OIDC provider.",
      );
    }
    const { sub, aud } = checkOidcToken(token, provider, world.now());
    const answered = giveSession(wanted, world);
    const info = { Subject: sub, Issuer: provider.issuer, ClientIds: [aud].flat().join(",") };
    return { ...answered, OIDCTokenInfo: info };
  },
};
