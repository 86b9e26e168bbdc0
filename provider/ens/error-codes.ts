import { bucketNameRule } from "./bucket-name";
import { clockRemedy } from "./clock-remedy";
import type { ApiErrorReason } from "./errors";
import type { HowToSet } from "./how-to-set";

/** What a remedy can mention. */
export interface RemedyContext {
  /** The name of the service that was asked. */
  readonly service: string;
  /** The inputs of the request, by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The RAM policy that allows the action, and a system policy of Alibaba Cloud that does too. */
  readonly policy: string;
  readonly systemPolicy?: string;
  /** The setting that says where the service listens. */
  readonly endpointSetting: string;
  /** Where the credentials come from. */
  readonly origin: string;
  /** How far this machine's clock is ahead of the service's, in seconds, where the answer had a date. */
  readonly skew?: number;
  readonly howToSet: HowToSet;
}

/**
 * Which requests would fail in the same way: `site`, only this one; `service`, every request for as long as the service
 * fails; `all`, every request with these credentials and this bucket.
 */
export type ErrorReach = "site" | "service" | "all";

/** One kind of answer that is an error. */
export interface ErrorCode {
  /** The codes; `*` stands for anything. `HTTP 429` and the like stand for a status whose code is not listed. */
  readonly codes: readonly string[];
  /** What it means. */
  readonly reason: ApiErrorReason;
  /**
   * Whether the call is tried again. `throttled`: the service did nothing and asks for less; waiting helps, however
   * long it takes. `failed`: the service failed, and may have acted; tried again a few times, where the action is
   * repeatable.
   */
  readonly retry: "never" | "throttled" | "failed";
  /** Whether new keys may help, because a session can end and keys can be replaced. */
  readonly renewKeys: boolean;
  readonly reach: ErrorReach;
  /** Whether the service's own words repeat the signed request, so that they must not be shown. */
  readonly hidesMessage?: true;
  remedy(context: RemedyContext): string;
}

const pair = { accessKey: "<id>", secretKey: "<secret>" };

const lasting = { retry: "never", renewKeys: false, reach: "all" } as const;
const ofThisRequest = { ...lasting, reach: "site" } as const;
const keysRefused = { ...lasting, reason: "credentials", renewKeys: true } as const;
const serviceFailed = { reason: "server", retry: "failed", renewKeys: false, reach: "service" } as const;

/**
 * Every code that this package knows; the first row that fits counts. By code, never by status: `NoPermission`
 * is a 400, and throttling comes as 400, 429 or 503.
 */
export const errorCodes: readonly ErrorCode[] = [
  {
    codes: ["NoSuchBucket"],
    ...lasting,
    reason: "noSuchBucket",
    remedy: ({ inputs, origin }) =>
      `The account of these credentials (${origin}) has no EOS bucket "${inputs.bucketName}". ` +
      "List its buckets with `aliyun ens ListBuckets` or in the ENS console under Edge Object Storage; " +
      "bucketName is the logical name, not the physical one.",
  },
  {
    codes: ["NoPermission", "AccessDenied", "Forbidden.RAM", "Forbidden"],
    ...lasting,
    reason: "permission",
    remedy: ({ origin, policy, systemPolicy }) =>
      `Attach this policy to the RAM user or role of the credentials (${origin}): ${policy}` +
      (systemPolicy === undefined ? "" : ` The system policy ${systemPolicy} holds it too.`),
  },
  {
    codes: ["UserDisable"],
    ...lasting,
    reason: "arrears",
    remedy: ({ origin }) =>
      `The account of the credentials (${origin}) has an unpaid bill. Pay it under Expenses and Costs ` +
      "(https://usercenter2-intl.aliyun.com, for accounts of the China site https://usercenter2.aliyun.com) " +
      "and run the command again.",
  },
  {
    codes: ["InvalidBucketName"],
    ...ofThisRequest,
    reason: "invalidInput",
    remedy: () => `Fix the property bucketName: ${bucketNameRule}.`,
  },
  {
    codes: ["InvalidClientIp"],
    ...ofThisRequest,
    reason: "invalidInput",
    remedy: ({ inputs }) =>
      `Fix the property clientIp (${inputs.clientIp ?? "not set"}): the public IPv4 or IPv6 address that will upload.`,
  },
  {
    codes: ["InvalidaliUid"],
    ...lasting,
    reason: "permission",
    remedy: ({ origin, service }) =>
      `${service} cannot use the account of the credentials (${origin}). Check that ${service} is activated for it.`,
  },
  {
    codes: ["InvalidAccessKeyId.Inactive"],
    ...keysRefused,
    remedy: ({ origin, howToSet }) =>
      `The access key (${origin}) is disabled. Enable it in the RAM console, or set another: ${howToSet(pair)}.`,
  },
  {
    codes: ["InvalidAccessKeyId*"],
    ...keysRefused,
    remedy: ({ origin, howToSet }) =>
      `The access key (${origin}) does not exist. Set one that does: ${howToSet(pair)}.`,
  },
  {
    codes: ["SignatureDoesNotMatch*", "IncompleteSignature*", "InvalidSignature*"],
    ...lasting,
    reason: "credentials",
    hidesMessage: true,
    remedy: ({ origin, howToSet }) =>
      `The secret key does not belong to the access key (${origin}). Set both again: ${howToSet(pair)}.`,
  },
  {
    codes: ["SignatureNonceUsed"],
    ...serviceFailed,
    remedy: () => "The request arrived twice, which a network can cause. Run the command again.",
  },
  {
    codes: ["InvalidTimeStamp*"],
    ...lasting,
    reason: "clock",
    remedy: ({ skew, service }) => clockRemedy(skew, service),
  },
  {
    codes: ["InvalidSecurityToken.Expired"],
    ...keysRefused,
    remedy: (context) => tokenRemedy("has expired", context),
  },
  {
    codes: ["InvalidSecurityToken*"],
    ...keysRefused,
    remedy: (context) => tokenRemedy("does not belong to the access key", context),
  },
  {
    codes: ["*Throttling*", "FlowControl*", "HTTP 429"],
    reason: "throttling",
    retry: "throttled",
    renewKeys: false,
    reach: "service",
    remedy: ({ howToSet, service }) =>
      `${service} refuses more calls for a while. Run the command again, with fewer at once ` +
      `(${howToSet({ maxConcurrency: 2 })}), or allow more time: ${howToSet({ maxRetryTimeout: 900 })}.`,
  },
  {
    codes: ["Missing*", "Invalid*"],
    ...ofThisRequest,
    reason: "invalidInput",
    remedy: ({ inputs, endpointSetting }) =>
      `Check ${[...Object.keys(inputs), "the setting"].join(", ").replace(/, the/, " and the")} ${endpointSetting}; ` +
      "if they are right, this is a fault of pulumi-alicloud-ens.",
  },
  {
    codes: ["InternalError*", "ServiceUnavailable*", "HTTP 5*"],
    ...serviceFailed,
    remedy: ({ service }) =>
      `${service} failed. Run the command again; if it fails again, give Alibaba Cloud's support the request id.`,
  },
];

const unknownCode: ErrorCode = {
  codes: [],
  ...ofThisRequest,
  reason: "other",
  remedy: () => "This package does not know the code. Give Alibaba Cloud's support the request id.",
};

/** What an answer means by its code; by its status, where no row lists the code. */
export function errorCodeOf(code: string, statusCode: number): ErrorCode {
  const find = (text: string) => errorCodes.find(({ codes }) => codes.some((pattern) => fits(text, pattern)));
  return find(code) ?? find(`HTTP ${statusCode}`) ?? unknownCode;
}

/** Whether a code fits a pattern, which may have `*` for anything at its beginning, its end, or both. */
function fits(code: string, pattern: string): boolean {
  const text = pattern.replaceAll("*", "");
  if (pattern.startsWith("*")) return pattern.endsWith("*") ? code.includes(text) : code.endsWith(text);
  return pattern.endsWith("*") ? code.startsWith(text) : code === text;
}

function tokenRemedy(what: string, { origin, howToSet }: RemedyContext): string {
  return (
    `The security token (${origin}) ${what}. ` +
    "Get new temporary credentials from the place that gave these. If you set them by hand, set all three parts: " +
    `${howToSet({ ...pair, securityToken: "<token>" })}.`
  );
}
