import { verify } from "node:crypto";
import type { EmulatorOidcProvider } from "../options";
import { Refusal } from "../refusal";

/** What a token says, as far as it is looked at. */
interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  /** In seconds since the epoch. */
  readonly exp: number;
}

/** Checks a JSON web token, signed with RS256, against what is known of the one who should have issued it. */
export function checkOidcToken(token: string, provider: EmulatorOidcProvider, now: Date): Claims {
  const [header = "", payload = "", signature = "", ...more] = token.split(".");
  const signed = Buffer.from(`${header}.${payload}`);
  const isSigned =
    more.length === 0 &&
    decode(header)?.alg === "RS256" &&
    verify("RSA-SHA256", signed, provider.publicKey, Buffer.from(signature, "base64url"));
  const claims = decode(payload);
  if (!isSigned || claims === undefined || !isClaims(claims))
    throw invalid("This JsonWebToken is not valid.");
  if (claims.iss !== provider.issuer)
    throw invalid("The issuer of this JsonWebToken is not that of the provider.");
  if (![claims.aud].flat().some((one) => provider.clientIds.includes(one))) {
    throw invalid("The audience of this JsonWebToken is not a client of the provider.");
  }
  if (claims.exp * 1000 <= now.getTime()) {
    throw new Refusal("AuthenticationFail.OIDCToken.Expired", 400, "This JsonWebToken is expired.");
  }
  return claims;
}

function invalid(message: string): Refusal {
  return new Refusal("AuthenticationFail.OIDCToken.Invalid", 400, message);
}

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isClaims(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & Claims {
  const { iss, sub, aud, exp } = value;
  const isAudience =
    typeof aud === "string" || (Array.isArray(aud) && aud.every((one) => typeof one === "string"));
  return typeof iss === "string" && typeof sub === "string" && isAudience && typeof exp === "number";
}
