import { generateKeyPairSync, sign } from "node:crypto";

export const oidcProviderArn = "acs:ram::123456789012:oidc-provider/ci";
const issuer = "https://ci.example";

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** An identity provider that the emulator knows by `oidcProviders`. */
export const oidcProvider = {
  arn: oidcProviderArn,
  issuer,
  clientIds: ["sts.aliyuncs.com"],
  publicKey: keys.publicKey,
};

/** A token that it issued, which is good for an hour. */
export function oidcToken(claims: Readonly<Record<string, unknown>> = {}): string {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iss: issuer, sub: "repo:media:main", aud: "sts.aliyuncs.com", exp, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signature = sign("RSA-SHA256", Buffer.from(parts.join(".")), keys.privateKey);
  return [...parts, signature.toString("base64url")].join(".");
}
