import { createHash } from "node:crypto";
import type { EmulatorAccount } from "../options";
import { Refusal } from "../refusal";
import { acs3Signature, acs3StringToSign } from "../signatures/acs3";
import { signaturesEqual } from "../signatures/equal";
import { rpcV1Signature, rpcV1StringToSign } from "../signatures/rpc-v1";
import type { World } from "../world/world";
import type { Call } from "./call";
import { refuseMissing } from "./refuse-missing";

/** What a caller claims, in either style of signing. */
interface Claim {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  readonly date: string;
  readonly nonce: string;
  readonly signature: string;
  expected(secret: string): string;
  stringToSign(): string;
}

/** How a call says it is signed, for the list of requests seen. */
export function signatureOf({ headers, parameters }: Call): string | undefined {
  return headers.authorization?.split(" ")[0] ?? parameters.optionalText("SignatureMethod");
}

/** Which key a call says it is made with, for the list of requests seen. */
export function accessKeyOf({ headers, parameters }: Call): string | undefined {
  return parseAuthorization(headers.authorization ?? "").Credential ?? parameters.optionalText("AccessKeyId");
}

/** Whether a call is of the older style, signed in its parameters; headers name the action in both. */
export function isRpcV1({ headers, parameters }: Call): boolean {
  const ofRpcV1 = ["Signature", "SignatureMethod", "AccessKeyId", "Action"];
  return (
    headers.authorization === undefined && ofRpcV1.some((name) => parameters.optionalText(name) !== undefined)
  );
}

/** The account that made the call, or a refusal with the code that the gateway gives. */
export function authenticate(call: Call, world: World): EmulatorAccount {
  const claim = isRpcV1(call) ? rpcV1Claim(call) : acs3Claim(call);
  const account = world.accounts.find(claim.accessKeyId);
  if (account === undefined) {
    throw new Refusal("InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.");
  }
  if (account.status === "inactive") {
    throw new Refusal("InvalidAccessKeyId.Inactive", 400, "Specified access key is disabled.");
  }
  checkToken(claim, account, world);
  checkDate(claim, world);
  if (!signaturesEqual(claim.signature, claim.expected(account.accessKeySecret))) {
    throw new Refusal(
      "SignatureDoesNotMatch",
      400,
      `Specified signature is not matched with our calculation. server string to sign is:${claim.stringToSign()}`,
    );
  }
  if (!world.nonces.use(claim.accessKeyId, claim.nonce)) {
    throw new Refusal("SignatureNonceUsed", 400, "Specified signature nonce was used already.");
  }
  return account;
}

function acs3Claim(call: Call): Claim {
  const { headers } = call;
  const authorization = headers.authorization;
  if (authorization === undefined) return refuseMissing("Authorization");
  if (!authorization.startsWith("ACS3-HMAC-SHA256 ")) {
    throw new Refusal("InvalidSignatureMethod", 400, "Specified signature method is not valid.");
  }
  const { Credential, SignedHeaders, Signature } = parseAuthorization(authorization);
  if (!Credential) return refuseMissing("AccessKeyId");
  const signedHeaders = (SignedHeaders ?? "").split(";").filter(Boolean);
  const mustBeSigned = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-acs-"))];
  if (!Signature || mustBeSigned.some((name) => !signedHeaders.includes(name))) {
    throw new Refusal(
      "IncompleteSignature",
      400,
      "The request signature does not conform to Aliyun standards.",
    );
  }
  const bodyHash = createHash("sha256").update(call.body).digest("hex");
  if (headers["x-acs-content-sha256"] !== bodyHash) {
    throw new Refusal("InvalidContentSha256", 400, "Specified x-acs-content-sha256 is not that of the body.");
  }
  const request = {
    method: call.method,
    path: call.path,
    query: call.query,
    headers,
    signedHeaders,
    bodyHash,
  };
  return {
    accessKeyId: Credential,
    securityToken: headers["x-acs-security-token"],
    date: headers["x-acs-date"] || refuseMissing("Timestamp"),
    nonce: headers["x-acs-signature-nonce"] || refuseMissing("Nonce"),
    signature: Signature,
    expected: (secret) => acs3Signature(request, secret),
    stringToSign: () => acs3StringToSign(request),
  };
}

function rpcV1Claim(call: Call): Claim {
  const required = (name: string) => call.parameters.text(name);
  const accessKeyId = required("AccessKeyId");
  const signature = required("Signature");
  if (required("SignatureMethod") !== "HMAC-SHA1" || required("SignatureVersion") !== "1.0") {
    throw new Refusal("InvalidSignatureMethod", 400, "Specified signature method is not valid.");
  }
  const parameters = [...call.query, ...call.form];
  return {
    accessKeyId,
    securityToken: call.parameters.optionalText("SecurityToken"),
    date: required("Timestamp"),
    nonce: required("SignatureNonce"),
    signature,
    expected: (secret) => rpcV1Signature(call.method, parameters, secret),
    stringToSign: () => rpcV1StringToSign(call.method, parameters),
  };
}

function parseAuthorization(authorization: string): Readonly<Record<string, string | undefined>> {
  const parts = authorization.slice(authorization.indexOf(" ") + 1).split(",");
  return Object.fromEntries(
    parts.map((part) => {
      const [name = "", ...value] = part.trim().split("=");
      return [name, value.join("=")];
    }),
  );
}

const fifteenMinutes = 15 * 60_000;

function checkDate({ date }: Claim, world: World): void {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new Refusal(
      "InvalidTimeStamp.Format",
      400,
      "Specified time stamp or date value is not well formatted.",
    );
  }
  if (Math.abs(world.now().getTime() - time) > fifteenMinutes) {
    throw new Refusal("InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired.");
  }
}

function checkToken({ securityToken }: Claim, account: EmulatorAccount, world: World): void {
  switch (world.accounts.tokenProblem(account, securityToken)) {
    case "missing":
      throw new Refusal("MissingSecurityToken", 400, "SecurityToken is mandatory for this action.");
    case "unexpected":
    case "different":
      throw world.accounts.knowsToken(securityToken)
        ? new Refusal(
            "InvalidSecurityToken.MismatchWithAccessKey",
            400,
            "Specified SecurityToken mismatch with the AccessKey.",
          )
        : new Refusal("InvalidSecurityToken.Malformed", 400, "Specified SecurityToken is malformed.");
    case "expired":
      throw new Refusal("InvalidSecurityToken.Expired", 400, "Specified SecurityToken is expired.");
  }
}
