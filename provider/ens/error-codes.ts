import { clockRemedy } from "./clock-remedy";
import type { ErrorCode, RemedyContext } from "./error-code";
import { invalidRemedy } from "./invalid-remedy";

/** What a new account lacks. Which code says so is not known. */
const activation = "EOS, its object storage, is activated in the ENS console under Edge Object Storage";

const listOfNodes = "`aliyun ens DescribeEnsRegions` lists the nodes";

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
    remedy: (context) => (context.service === "EOS" ? notYetInStorage(context) : noBucketRemedy(context)),
  },
  {
    codes: ["BucketAlreadyExists"],
    ...ofThisRequest,
    reason: "bucketExists",
    remedy: ({ inputs }) =>
      `The name "${inputs.bucketName}" is taken. Names are global: a bucket of this account may have it, one of another, ` +
      "or one that was deleted a short while ago. Choose another bucketName. Where the bucket is this account's own " +
      "(`aliyun ens ListBuckets` has it), the property `adopt: true` takes it over.",
  },
  {
    codes: ["TooManyBuckets"],
    ...lasting,
    reason: "quota",
    remedy: ({ origin }) =>
      `The account of the credentials (${origin}) has as many buckets as it may have: 20, unless Alibaba Cloud has raised ` +
      "that. Delete one that is not needed, or ask Alibaba Cloud's sales or support for more.",
  },
  {
    codes: ["NoSuchEnsRegion"],
    ...ofThisRequest,
    reason: "ensRegion",
    remedy: ({ inputs }) =>
      `There is no edge node ${nodeOf(inputs)}. Fix the property ensRegionId: ${listOfNodes}.`,
  },
  {
    codes: ["OperationDenied"],
    ...lasting,
    reason: "ensRegion",
    remedy: ({ inputs, origin }) =>
      `The account of the credentials (${origin}) has not bought the edge node ${nodeOf(inputs)}. Buy it in the ENS ` +
      `console, or choose another ensRegionId: ${listOfNodes}.`,
  },
  {
    codes: ["UnSupportedCity", "InvalidEngineId"],
    ...ofThisRequest,
    reason: "ensRegion",
    remedy: ({ inputs }) =>
      `ENS has no place for buckets at the edge node ${nodeOf(inputs)}. Choose another ensRegionId: ${listOfNodes}. ` +
      "A bucket whose logicalBucketType is standard needs none.",
  },
  {
    codes: ["BucketNotEmpty"],
    ...ofThisRequest,
    reason: "bucketNotEmpty",
    remedy: ({ inputs }) =>
      `The bucket "${inputs.bucketName}" has objects, or parts of uploads that were not finished. Delete them. Or set ` +
      "the property `forceDestroy: true` and run `pulumi up`; the bucket is then emptied before it is deleted.",
  },
  {
    codes: ["NoSuchLifecycle"],
    ...ofThisRequest,
    reason: "noSuchRule",
    remedy: ({ inputs }) =>
      `The bucket "${inputs.bucketName}" does not have this lifecycle rule, so something else deleted it. ` +
      "Run `pulumi up --refresh`, which sees what rules there are and adds those that are missing.",
  },
  {
    codes: ["NoSuchKey"],
    ...ofThisRequest,
    reason: "noSuchObject",
    remedy: ({ inputs }) =>
      `The bucket "${inputs.bucketName}" does not have this object, so something else deleted it. Run the command again.`,
  },
  {
    codes: ["NoSuchUpload"],
    ...ofThisRequest,
    reason: "noSuchUpload",
    remedy: () =>
      "Before all parts had arrived, something else aborted the upload: another deployment, or what deletes the bucket or " +
      "its old parts. Run the command again.",
  },
  {
    codes: ["InvalidDigest", "BadDigest"],
    ...ofThisRequest,
    reason: "contentChanged",
    remedy: () =>
      "What came is not what was announced, so the content changed while it was sent. Run the command again when nothing " +
      "writes to it any more.",
  },
  {
    codes: ["EntityTooLarge"],
    ...ofThisRequest,
    reason: "tooLarge",
    remedy: ({ service }) =>
      `${service} takes no object as large as this one. Make it smaller, or leave it out.`,
  },
  {
    codes: ["InvalidObjectName"],
    ...ofThisRequest,
    reason: "invalidInput",
    remedy: ({ service }) =>
      `${service} does not take this key. A key has 1 to 1023 bytes as UTF-8, and does not begin with a slash or a ` +
      "backslash. Rename the object.",
  },
  {
    codes: ["InvalidAction*", "InvalidApi*", "InvalidVersion*", "NotImplemented", "MethodNotAllowed"],
    ...lasting,
    reason: "noSuchAction",
    remedy: (context) =>
      context.action === "UpdateBucketInfo" ? noCommentRemedy(context) : noActionRemedy(context),
  },
  {
    codes: ["NoPermission", "AccessDenied", "Forbidden.RAM", "Forbidden"],
    ...lasting,
    reason: "permission",
    remedy: permissionRemedy,
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
    codes: ["InvalidDataRedundancyType"],
    ...ofThisRequest,
    reason: "invalidInput",
    remedy: ({ service }) =>
      `This package sends no such parameter, so ${service} refuses a value of its own. Try another ensRegionId or ` +
      "logicalBucketType, and give Alibaba Cloud's support the request id.",
  },
  {
    codes: ["InvalidaliUid"],
    ...lasting,
    reason: "permission",
    remedy: ({ origin, service }) =>
      `${service} cannot use the account of the credentials (${origin}). Check that ${service} is activated for ` +
      `it, and that ${activation}.`,
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
    codes: ["InvalidTimeStamp*", "RequestTimeTooSkewed"],
    ...lasting,
    reason: "clock",
    remedy: ({ skew, service }) => clockRemedy(skew, service),
  },
  {
    codes: ["InvalidSecurityToken.Expired", "SecurityTokenExpired"],
    ...keysRefused,
    remedy: (context) => tokenRemedy("has expired", context),
  },
  {
    codes: ["InvalidSecurityToken*"],
    ...keysRefused,
    remedy: (context) => tokenRemedy("does not belong to the access key", context),
  },
  {
    codes: ["*Throttling*", "FlowControl*", "*QpsLimitExceeded", "HTTP 429"],
    reason: "throttling",
    retry: "throttled",
    renewKeys: false,
    reach: "service",
    remedy: ({ howToSet, service }) =>
      `${service} refuses more calls for a while. Run the command again, with fewer at once ` +
      `(${howToSet({ maxConcurrency: 2 })}), or allow more time: ${howToSet({ maxRetryTimeout: 900 })}.`,
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
    remedy: ({ service, howToSet }) =>
      `${service} waited too long for the rest of the request: the network is slow, or was cut. Run the command again, ` +
      `with fewer calls at once: ${howToSet({ maxConcurrency: 2 })}.`,
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
  remedy: () =>
    `This package does not know the code. If the account has never used buckets of ENS, check that ${activation}. ` +
    "Otherwise give Alibaba Cloud's support the request id.",
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

function noBucketRemedy({ inputs, origin }: RemedyContext): string {
  return (
    `The account of these credentials (${origin}) has no EOS bucket "${inputs.bucketName}". ` +
    "List its buckets with `aliyun ens ListBuckets` or in the ENS console under Edge Object Storage; " +
    "bucketName is the logical name, not the physical one. " +
    "Or make it: a Bucket with this bucketName."
  );
}

/** ENS had said where the bucket is. */
function notYetInStorage({ service, inputs }: RemedyContext): string {
  return (
    `ENS knows the bucket "${inputs.bucketName}" and ${service}, which holds its objects, does not. That can last five ` +
    "minutes after the bucket was made. Run the command again later."
  );
}

function permissionRemedy({ origin, service, policy, systemPolicy }: RemedyContext): string {
  const identity = `the RAM user or role of the credentials (${origin})`;
  if (policy === undefined) {
    return (
      `Attach the system policy ${systemPolicy} to ${identity}. ` +
      `The single permissions that ${service} asks for are not documented.`
    );
  }
  const system = systemPolicy === undefined ? "" : ` The system policy ${systemPolicy} holds it too.`;
  return `Attach this policy to ${identity}: ${policy}${system}`;
}

function tokenRemedy(what: string, { origin, howToSet }: RemedyContext): string {
  return (
    `The security token (${origin}) ${what}. ` +
    "Get new temporary credentials from the place that gave these. If you set them by hand, set all three parts: " +
    `${howToSet({ ...pair, securityToken: "<token>" })}.`
  );
}

function nodeOf({ ensRegionId }: RemedyContext["inputs"]): string {
  return ensRegionId === undefined ? "that ENS chose, since ensRegionId is not set" : `"${ensRegionId}"`;
}

/** The vendor does not document the action that changes a comment. */
function noCommentRemedy({ service, action, inputs, endpointSetting }: RemedyContext): string {
  return (
    `${service} does not know ${action}, which it does not document, and nothing else changes the comment of a bucket. ` +
    "Put the property comment back as it was; or have the bucket replaced by one with the new comment: " +
    '`{ replaceOnChanges: ["comment"] }`; or leave the comment to others: `{ ignoreChanges: ["comment"] }`. ' +
    `If no action on bucket "${inputs.bucketName}" is known there, check the setting ${endpointSetting}.`
  );
}

function noActionRemedy({ service, action, endpointSetting }: RemedyContext): string {
  return (
    `What answers there does not know ${action}, so it is not ${service}. Check the setting ${endpointSetting}; ` +
    `where it is not set, Alibaba Cloud's ${service} is asked.`
  );
}
