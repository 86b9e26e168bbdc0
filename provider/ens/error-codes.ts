import { clockMeaning, clockRemedy } from "./clock-remedy";
import type { ErrorCode, RemedyContext } from "./error-code";
import { invalidRemedy } from "./invalid-remedy";

/** What a new account lacks. Which code says so is not known. */
const activation = "activate EOS, its object storage, in the ENS console under Edge Object Storage";

const listOfNodes = "`aliyun ens DescribeEnsRegions` lists the nodes";

const newKey = { accessKey: "<id>" };

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
    meaning: ({ service, origin }) =>
      service === "EOS"
        ? `ENS knows the bucket, and ${service}, which holds its objects, does not: in the first minutes of a bucket.`
        : `The account of the keys from ${origin} has no EOS bucket of that name.`,
    remedy: noBucketRemedy,
  },
  {
    codes: ["BucketAlreadyExists"],
    ...ofThisRequest,
    reason: "bucketExists",
    meaning: () =>
      "The name is taken: by a bucket of this account or another, or by one deleted a short while ago.",
    remedy: () =>
      "Choose another bucketName; or, where `aliyun ens ListBuckets` has the bucket, take it over by the property " +
      "`adopt: true`.",
  },
  {
    codes: ["TooManyBuckets"],
    ...lasting,
    reason: "quota",
    meaning: ({ origin }) =>
      `The account of the keys from ${origin} has as many buckets as it may have, 20 by default.`,
    remedy: () => "Delete one that is not needed, or ask Alibaba Cloud's sales or support for more.",
  },
  {
    codes: ["NoSuchEnsRegion"],
    ...ofThisRequest,
    reason: "ensRegion",
    meaning: ({ inputs }) => `There is no edge node ${nodeOf(inputs)}.`,
    remedy: () => `Fix the property ensRegionId: ${listOfNodes}.`,
  },
  {
    codes: ["OperationDenied"],
    ...lasting,
    reason: "ensRegion",
    meaning: ({ inputs, origin }) =>
      `The account of the keys from ${origin} has not bought the edge node ${nodeOf(inputs)}.`,
    remedy: () => `Buy it in the ENS console, or choose another ensRegionId: ${listOfNodes}.`,
  },
  {
    codes: ["UnSupportedCity", "InvalidEngineId"],
    ...ofThisRequest,
    reason: "ensRegion",
    meaning: ({ inputs }) => `ENS has no place for buckets at the edge node ${nodeOf(inputs)}.`,
    remedy: () =>
      `Choose another ensRegionId: ${listOfNodes}. A bucket whose logicalBucketType is standard needs none.`,
  },
  {
    codes: ["BucketNotEmpty"],
    ...ofThisRequest,
    reason: "bucketNotEmpty",
    meaning: () => "The bucket has objects, or parts of uploads that were not finished.",
    remedy: () =>
      "Delete them; or, unless the bucket was replaced, set `forceDestroy: true`, run `pulumi up`, and delete it again: it " +
      "is then emptied first.",
  },
  {
    codes: ["NoSuchLifecycle"],
    ...ofThisRequest,
    reason: "noSuchRule",
    meaning: () => "The bucket does not have this lifecycle rule, so something else deleted it.",
    remedy: () =>
      "Run `pulumi up --refresh`, which sees what rules there are and adds those that are missing.",
  },
  {
    codes: ["NoSuchKey"],
    ...ofThisRequest,
    reason: "noSuchObject",
    meaning: () => "The bucket does not have this object, so something else deleted it.",
    remedy: () => "Run the command again.",
  },
  {
    codes: ["NoSuchUpload"],
    ...ofThisRequest,
    reason: "noSuchUpload",
    meaning: () =>
      "Before all parts had arrived, something else aborted the upload: another deployment, or what deletes the bucket or " +
      "its old parts.",
    remedy: () => "Run the command again.",
  },
  {
    codes: ["InvalidDigest", "BadDigest"],
    ...ofThisRequest,
    reason: "contentChanged",
    meaning: () => "What came is not what was announced, so the content changed while it was sent.",
    remedy: () => "Run the command again when nothing writes to it any more.",
  },
  {
    codes: ["EntityTooLarge"],
    ...ofThisRequest,
    reason: "tooLarge",
    meaning: ({ service }) => `${service} takes no object as large as this one.`,
    remedy: () => "Make it smaller, or leave it out.",
  },
  {
    codes: ["InvalidObjectName"],
    ...ofThisRequest,
    reason: "invalidInput",
    meaning: ({ service }) => `${service} does not take this key.`,
    remedy: () =>
      "Rename the object: a key has 1 to 1023 bytes as UTF-8, and does not begin with a slash or a backslash.",
  },
  {
    codes: ["InvalidAction*", "InvalidApi*", "InvalidVersion*", "NotImplemented", "MethodNotAllowed"],
    ...lasting,
    reason: "noSuchAction",
    meaning: noActionMeaning,
    remedy: noActionRemedy,
  },
  {
    codes: ["NoPermission", "AccessDenied", "Forbidden.RAM", "Forbidden"],
    ...lasting,
    reason: "permission",
    meaning: ({ origin }) => `The user or role of the keys from ${origin} may not do it.`,
    remedy: permissionRemedy,
  },
  {
    codes: ["UserDisable"],
    ...lasting,
    reason: "arrears",
    meaning: ({ origin }) => `The account of the keys from ${origin} has an unpaid bill.`,
    remedy: () =>
      "Pay it under Expenses and Costs: https://usercenter2-intl.aliyun.com (China: usercenter2.aliyun.com).",
  },
  {
    codes: ["InvalidDataRedundancyType"],
    ...ofThisRequest,
    reason: "invalidInput",
    meaning: ({ service }) =>
      `This package sends no such parameter, so ${service} refuses a value of its own.`,
    remedy: () =>
      "Try another ensRegionId or logicalBucketType, and give Alibaba Cloud's support the request id.",
  },
  {
    codes: ["InvalidaliUid"],
    ...lasting,
    reason: "permission",
    meaning: ({ origin, service }) => `${service} cannot use the account of the keys from ${origin}.`,
    remedy: ({ service }) => `Activate ${service}, and ${activation}.`,
  },
  {
    codes: ["InvalidAccessKeyId.Inactive"],
    ...keysRefused,
    meaning: ({ origin }) => `The access key from ${origin} is disabled.`,
    remedy: ({ howToSet }) => `Enable it in RAM, or set another with its secretKey: ${howToSet(newKey)}.`,
  },
  {
    codes: ["InvalidAccessKeyId*"],
    ...keysRefused,
    meaning: ({ origin }) => `The access key from ${origin} does not exist.`,
    remedy: ({ howToSet }) => `Set one that does, with its secretKey: ${howToSet(newKey)}.`,
  },
  {
    codes: ["SignatureDoesNotMatch*", "IncompleteSignature*", "InvalidSignature*"],
    ...lasting,
    reason: "credentials",
    hidesMessage: true,
    meaning: ({ origin }) => `The secret key is not that of the access key from ${origin}.`,
    remedy: ({ howToSet }) => `Set the right one: ${howToSet({ secretKey: "<secret>" })}.`,
  },
  {
    codes: ["SignatureNonceUsed"],
    ...serviceFailed,
    meaning: () => "The request arrived twice, which a network can cause.",
    remedy: () => "Run the command again.",
  },
  {
    codes: ["InvalidTimeStamp*", "RequestTimeTooSkewed"],
    ...lasting,
    reason: "clock",
    meaning: ({ skew, service }) => clockMeaning(skew, service),
    remedy: () => clockRemedy,
  },
  {
    codes: ["InvalidSecurityToken.Expired", "SecurityTokenExpired"],
    ...keysRefused,
    meaning: ({ origin }) => `The keys from ${origin} have expired.`,
    remedy: tokenRemedy,
  },
  {
    codes: ["InvalidSecurityToken*"],
    ...keysRefused,
    meaning: ({ origin }) => `The token is not that of the access key from ${origin}.`,
    remedy: tokenRemedy,
  },
  {
    codes: ["*Throttling*", "FlowControl*", "*QpsLimitExceeded", "HTTP 429"],
    reason: "throttling",
    retry: "throttled",
    renewKeys: false,
    reach: "service",
    meaning: ({ service }) => `${service} refuses more calls for a while.`,
    remedy: ({ howToSet }) =>
      `Try again with fewer at once (${howToSet({ maxConcurrency: 2 })}), or with more time: ` +
      `${howToSet({ maxRetryTimeout: 900 })}.`,
  },
  {
    codes: [
      "InvalidBucketName",
      "InvalidClientIp",
      "InvalidBucketAcl",
      "InvalidComment",
      "InvalidEnsRegionId",
      "Missing*",
      "Invalid*",
    ],
    ...ofThisRequest,
    reason: "invalidInput",
    remedy: invalidRemedy,
  },
  {
    codes: ["RequestTimeout"],
    ...serviceFailed,
    meaning: ({ service }) => `The request came too slowly to ${service}.`,
    remedy: ({ howToSet }) => `Try again with fewer at once: ${howToSet({ maxConcurrency: 2 })}.`,
  },
  {
    codes: ["InternalError*", "ServiceUnavailable*", "HTTP 5*"],
    ...serviceFailed,
    meaning: ({ service }) => `${service} failed.`,
    remedy: () => "Run the command again; if it fails again, give Alibaba Cloud's support the request id.",
  },
];

const unknownCode: ErrorCode = {
  codes: [],
  ...ofThisRequest,
  reason: "other",
  remedy: () =>
    `If the account has never used buckets of ENS, ${activation}. Otherwise give Alibaba Cloud's support the request ` +
    "id: this package does not know the code.",
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

function noBucketRemedy({ service, action }: RemedyContext): string {
  if (service === "EOS") return "Run the command again five minutes after the bucket was made.";
  // Only for a bucket that a stack has.
  return /^(Put|Update|Delete)|Lifecycle$/.test(action)
    ? "Run `pulumi up --refresh`, which makes the bucket again if it is gone."
    : "List its buckets with `aliyun ens ListBuckets`; bucketName is the logical name. Or make it, with a Bucket.";
}

function permissionRemedy({ service, ramAction, ramResource, systemPolicy }: RemedyContext): string {
  if (ramAction === undefined) {
    return `Attach the system policy ${systemPolicy} to it: single permissions of ${service} are not documented.`;
  }
  const system = systemPolicy === undefined ? "" : `, or the system policy ${systemPolicy}`;
  return `Attach a policy that allows ${ramAction} on ${ramResource} to it${system}.`;
}

function tokenRemedy({ howToSet }: RemedyContext): string {
  return `Set new ones, all three parts: ${howToSet({ securityToken: "<token>" })}.`;
}

function nodeOf({ ensRegionId }: RemedyContext["inputs"]): string {
  return ensRegionId === undefined ? "that ENS chose" : `"${ensRegionId}"`;
}

function noActionMeaning({ service, action }: RemedyContext): string {
  return isOfComment(action)
    ? `${service} does not know this action, which it does not document; no other changes a comment.`
    : `What answers there does not know ${action}, so it is not ${service}.`;
}

function noActionRemedy({ service, action, endpointSetting }: RemedyContext): string {
  if (!isOfComment(action))
    return `Check the setting ${endpointSetting}; where it is not set, Alibaba Cloud's ${service} is asked.`;
  return (
    'Put the comment back; or replace the bucket: `{ replaceOnChanges: ["comment"] }`; or leave the comment to ' +
    'others: `{ ignoreChanges: ["comment"] }`.'
  );
}

/** The vendor does not document the action that changes a comment. */
function isOfComment(action: string): boolean {
  return action === "UpdateBucketInfo";
}
