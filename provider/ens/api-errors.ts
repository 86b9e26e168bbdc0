import { bucketNameRule } from "./bucket-name";
import { ApiError, type ApiErrorReason } from "./errors";
import { tried } from "./no-answer";
import { printable } from "./printable";
import type { Outcome } from "./retry/retrying-client";
import type { Refusal } from "./rpc-client";
import type { SetSettings } from "./set-settings";

/** What an error about PrepareUpload can tell besides what ENS said. */
export interface CallContext {
  readonly bucketName: string;
  readonly clientIp?: string;
  /** Where the credentials come from. */
  readonly origin: string;
  /** What it took. */
  readonly outcome: Pick<Outcome, "attempts" | "took">;
  readonly set: SetSettings;
}

interface Meaning {
  readonly codes: RegExp;
  readonly reason: ApiErrorReason;
  remedy(context: CallContext, refusal: Refusal): string;
}

/** The statement to attach to the RAM user or role that runs Pulumi. */
export const ramPolicy =
  '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ens:PrepareUpload","Resource":"*"}]}';

/**
 * Codes of the action and of the gateway, the first match wins. By code, never by status: `NoPermission` is a 400
 * and throttling comes as 400, 429 or 503.
 */
const meanings: readonly Meaning[] = [
  {
    codes: /^NoSuchBucket$/,
    reason: "noSuchBucket",
    remedy: ({ bucketName, origin }) =>
      `The account of these credentials (${origin}) has no EOS bucket "${bucketName}". ` +
      "List its buckets with `aliyun ens ListBuckets` or in the ENS console under Edge Object Storage; " +
      "bucketName is the logical name, not the physical one.",
  },
  {
    codes: /^(NoPermission|AccessDenied|Forbidden\.RAM|Forbidden)$/,
    reason: "permission",
    remedy: ({ origin }) =>
      `Attach this policy to the RAM user or role of the credentials (${origin}): ${ramPolicy} ` +
      "The system policy AliyunEnsEOSFullAccess holds it too.",
  },
  {
    codes: /^UserDisable$/,
    reason: "arrears",
    remedy: ({ origin }) =>
      `The account of the credentials (${origin}) has an unpaid bill. Pay it under Expenses and Costs ` +
      "(https://usercenter2-intl.aliyun.com, for accounts of the China site https://usercenter2.aliyun.com) " +
      "and run the command again.",
  },
  {
    codes: /^InvalidBucketName$/,
    reason: "invalidInput",
    remedy: () => `Mend the property bucketName: ${bucketNameRule}.`,
  },
  {
    codes: /^InvalidClientIp$/,
    reason: "invalidInput",
    remedy: ({ clientIp }) =>
      `Mend the property clientIp (${clientIp ?? "not set"}): the public IPv4 or IPv6 address that will upload.`,
  },
  {
    codes: /^InvalidaliUid$/,
    reason: "permission",
    remedy: ({ origin }) =>
      `ENS cannot use the account of the credentials (${origin}). Check that ENS is activated for it.`,
  },
  {
    codes: /^InvalidAccessKeyId\.Inactive$/,
    reason: "credentials",
    remedy: ({ origin, set }) =>
      `The access key (${origin}) is disabled. Enable it in the RAM console, or set another: ${set(pair)}.`,
  },
  {
    codes: /^InvalidAccessKeyId/,
    reason: "credentials",
    remedy: ({ origin, set }) =>
      `The access key (${origin}) does not exist. Set one that does: ${set(pair)}.`,
  },
  {
    codes: /^(SignatureDoesNotMatch|IncompleteSignature|InvalidSignature)/,
    reason: "credentials",
    remedy: ({ origin, set }) =>
      `The secret key does not belong to the access key (${origin}). Set both anew: ${set(pair)}.`,
  },
  {
    codes: /^SignatureNonceUsed$/,
    reason: "server",
    remedy: () => "The request arrived twice, which a network can cause. Run the command again.",
  },
  {
    codes: /^InvalidTimeStamp/,
    reason: "clock",
    remedy: (_context, { skew }) => clockRemedy(skew),
  },
  {
    codes: /^InvalidSecurityToken/,
    reason: "credentials",
    remedy: ({ origin, set }, { code }) =>
      `The security token (${origin}) ${code.endsWith("Expired") ? "has expired" : "does not belong to the access key"}. ` +
      "Get new temporary credentials where these come from; set by hand, they have three parts: " +
      `${set({ ...pair, securityToken: "<token>" })}.`,
  },
  {
    codes: /Throttling|^FlowControl/,
    reason: "throttling",
    remedy: ({ set }) =>
      "ENS refuses more calls for a while. Run the command again, with fewer at once (`--parallel 4`; PreparedUploads: " +
      `${set({ maxConcurrency: 2 })}), or allow more time: ${set({ maxRetryTimeout: 900 })}.`,
  },
  {
    codes: /^(Missing|InvalidParameter|InvalidAction|InvalidVersion|Invalid)/,
    reason: "invalidInput",
    remedy: () =>
      "Check bucketName, clientIp and the setting endpoint; if they are right, this is a fault of pulumi-alicloud-ens.",
  },
  {
    codes: /^(InternalError|ServiceUnavailable)/,
    reason: "server",
    remedy: () =>
      "ENS failed. Run the command again; if it stays, give Alibaba Cloud's support the request id.",
  },
];

const pair = { accessKey: "<id>", secretKey: "<secret>" };

/** The error for what ENS refused: code, bucket, request id, and what to do. */
export function apiError(refusal: Refusal, context: CallContext): ApiError {
  const code = printable(refusal.code, 100) || `HTTP ${refusal.statusCode}`;
  const meaning = meaningOf(code, refusal.statusCode);
  const remedy =
    meaning?.remedy(context, refusal) ??
    "This package does not know the code; Alibaba Cloud's support does, by the request id.";
  const requestId = printable(refusal.requestId, 128);
  return new ApiError(
    `PrepareUpload for bucket "${context.bucketName}" failed with ${code}${said(code, refusal)}${tried(context.outcome)}, ` +
      `request id ${requestId || "none"}. ${remedy}`,
    {
      code,
      reason: meaning?.reason ?? "other",
      statusCode: refusal.statusCode,
      bucketName: context.bucketName,
      ...(requestId !== "" ? { requestId } : {}),
    },
  );
}

/** What a code means; of one that is unknown, the status tells. */
function meaningOf(code: string, statusCode: number): Meaning | undefined {
  const named = (name: string) => meanings.find(({ codes }) => codes.test(name));
  const byStatus = statusCode === 429 ? "Throttling" : statusCode >= 500 ? "InternalError" : "";
  return named(code) ?? named(byStatus);
}

/** The vendor's own words, but not for a bad signature: those repeat the signed request. */
function said(code: string, { message }: Refusal): string {
  const text = code.startsWith("SignatureDoesNotMatch") ? "" : printable(message, 200);
  return text === "" ? "" : ` (${text})`;
}

/** What to do about a clock that is `skew` seconds ahead, where that is known. */
export function clockRemedy(skew: number | undefined): string {
  const fix = "Set this machine's clock (for example by turning NTP on) and run the command again.";
  if (skew === undefined)
    return `This machine's clock says ${new Date().toISOString()}; ENS allows 15 minutes. ${fix}`;
  const direction = skew < 0 ? "behind" : "ahead of";
  return `This machine's clock is ${Math.abs(skew)} s ${direction} that of ENS, which allows 900 s. ${fix}`;
}
