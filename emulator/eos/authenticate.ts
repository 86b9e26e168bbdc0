import type { EmulatorAccount } from "../options";
import { Refusal } from "../refusal";
import { signaturesEqual } from "../signatures/equal";
import { ossV1Signature } from "../signatures/oss-v1";
import { ossV4Signature } from "../signatures/oss-v4";
import type { World } from "../world/world";
import type { ObjectRequest } from "./object-request";

/** What a caller claims, in either version of signing, in headers or in a presigned URL. */
interface Claim {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly securityToken: string | undefined;
  expected(secret: string): string;
  /** Refuses a request out of its time. */
  checkTime(now: Date): void;
}

/** The account that signed a request, if any did, or a refusal with the code that OSS gives. */
export function authenticate(request: ObjectRequest, world: World): EmulatorAccount | undefined {
  const claim = readClaim(request);
  if (claim === undefined) return undefined;
  const account = world.accounts.find(claim.accessKeyId);
  if (account === undefined || account.status === "inactive") {
    throw new Refusal(
      "InvalidAccessKeyId",
      403,
      account === undefined
        ? "The OSS Access Key Id you provided does not exist in our records."
        : "The OSS Access Key Id you provided is disabled.",
    );
  }
  claim.checkTime(world.now());
  checkToken(claim, account, world);
  if (!signaturesEqual(claim.signature, claim.expected(account.accessKeySecret))) {
    throw new Refusal(
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    );
  }
  if (account.status === "arrears") throw new Refusal("UserDisable", 403, "UserDisable");
  return account;
}

function readClaim(request: ObjectRequest): Claim | undefined {
  const { headers, query } = request;
  const authorization = headers.authorization;
  if (authorization?.startsWith("OSS4-HMAC-SHA256 ")) return v4Header(request, authorization);
  if (authorization?.startsWith("OSS ")) return v1Header(request, authorization);
  if (authorization !== undefined) {
    throw new Refusal("InvalidArgument", 400, "Authorization header is invalid.");
  }
  if (query.get("x-oss-signature-version") === "OSS4-HMAC-SHA256") return v4Query(request);
  if (query.has("OSSAccessKeyId")) return v1Query(request);
  return undefined;
}

function v1Header(request: ObjectRequest, authorization: string): Claim {
  const { headers } = request;
  const [accessKeyId = "", signature = ""] = authorization.slice("OSS ".length).split(":");
  const date = headers["x-oss-date"] ?? headers.date ?? "";
  return {
    accessKeyId,
    signature,
    securityToken: headers["x-oss-security-token"],
    expected: (secret) => ossV1Signature({ ...request, date }, secret),
    checkTime: (now) => checkSkew(Date.parse(date), now),
  };
}

function v1Query(request: ObjectRequest): Claim {
  const { query } = request;
  const expires = query.get("Expires") ?? "";
  if (expires === "" || !query.get("Signature")) {
    throw new Refusal(
      "AccessDenied",
      403,
      "Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters.",
    );
  }
  return {
    accessKeyId: query.get("OSSAccessKeyId") ?? "",
    signature: query.get("Signature") ?? "",
    securityToken: query.get("security-token") ?? undefined,
    expected: (secret) => ossV1Signature({ ...request, date: expires }, secret),
    checkTime: (now) => checkExpiry(Number(expires) * 1000, now),
  };
}

function v4Header(request: ObjectRequest, authorization: string): Claim {
  const { headers } = request;
  const parts = new Map(
    authorization
      .slice(authorization.indexOf(" ") + 1)
      .split(",")
      .map((part) => {
        const [name = "", value = ""] = part.trim().split("=");
        return [name, value] as const;
      }),
  );
  const date = headers["x-oss-date"] ?? "";
  const credential = parts.get("Credential") ?? "";
  return {
    ...v4Common(request, credential, date, parts.get("AdditionalHeaders"), request.query),
    signature: parts.get("Signature") ?? "",
    securityToken: headers["x-oss-security-token"],
    checkTime: (now) => checkSkew(parseBasic(date), now),
  };
}

function v4Query(request: ObjectRequest): Claim {
  const { query } = request;
  const date = query.get("x-oss-date") ?? "";
  const signed = [...query].filter(([name]) => name !== "x-oss-signature");
  const credential = query.get("x-oss-credential") ?? "";
  return {
    ...v4Common(request, credential, date, query.get("x-oss-additional-headers") ?? undefined, signed),
    signature: query.get("x-oss-signature") ?? "",
    securityToken: query.get("x-oss-security-token") ?? undefined,
    checkTime: (now) => checkExpiry(parseBasic(date) + Number(query.get("x-oss-expires")) * 1000, now),
  };
}

function v4Common(
  request: ObjectRequest,
  credential: string,
  date: string,
  additional: string | undefined,
  query: Iterable<readonly [string, string]>,
): Pick<Claim, "accessKeyId" | "expected"> {
  const [accessKeyId = "", ...scope] = credential.split("/");
  const [day, , product, end] = scope;
  if (scope.length !== 4 || product !== "oss" || end !== "aliyun_v4_request" || day !== date.slice(0, 8)) {
    throw new Refusal("InvalidArgument", 400, "Invalid Credential for OSS4-HMAC-SHA256.");
  }
  const additionalHeaders = additional?.toLowerCase().split(";").filter(Boolean) ?? [];
  return {
    accessKeyId,
    expected: (secret) =>
      ossV4Signature({ ...request, query, additionalHeaders, date, scope: scope.join("/") }, secret),
  };
}

/** `20231216T162057Z` */
function parseBasic(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

function checkSkew(time: number, now: Date): void {
  if (Number.isNaN(time)) {
    throw new Refusal("AccessDenied", 403, "OSS authentication requires a valid Date.");
  }
  if (Math.abs(now.getTime() - time) > 15 * 60_000) {
    throw new Refusal(
      "RequestTimeTooSkewed",
      403,
      "The difference between the request time and the current time is too large.",
    );
  }
}

function checkExpiry(time: number, now: Date): void {
  if (!(now.getTime() <= time)) throw new Refusal("AccessDenied", 403, "Request has expired.");
}

function checkToken({ securityToken }: Claim, account: EmulatorAccount, world: World): void {
  switch (world.accounts.tokenProblem(account, securityToken)) {
    // A token makes OSS look for a temporary key, and the lack of one for a permanent one.
    case "missing":
    case "unexpected":
      throw new Refusal(
        "InvalidAccessKeyId",
        403,
        "The OSS Access Key Id you provided does not exist in our records.",
      );
    case "different":
      throw new Refusal("InvalidSecurityToken", 403, "The security token you provided is invalid.");
    case "expired":
      throw new Refusal("SecurityTokenExpired", 403, "The security token you provided has expired.");
  }
}
