import { bucketNameRule } from "./bucket-name";
import { bucketAcls, dispatchScopes, logicalBucketTypes, ruleStatuses } from "./bucket-words";
import type { RemedyContext } from "./error-code";
import { printable } from "./text/printable";

/** What a program gives a resource, and a parameter of the API is made of. */
interface Property {
  /** As the inputs of the action have it: `bucketAcl`. */
  readonly name: string;
  /** What it may be, in words. */
  readonly rule: string;
}

const bucketName = { name: "bucketName", rule: bucketNameRule };
const bucketAcl = { name: "bucketAcl", rule: oneOf(bucketAcls) };
const comment = { name: "comment", rule: "up to 128 characters" };

/** The properties that the parameters of an action are made of. */
const properties: Readonly<Record<string, Readonly<Record<string, Property>>>> = {
  PrepareUpload: {
    ClientIp: { name: "clientIp", rule: "the public IPv4 or IPv6 address that will upload" },
  },
  PutBucket: {
    BucketAcl: bucketAcl,
    LogicalBucketType: { name: "logicalBucketType", rule: oneOf(logicalBucketTypes) },
    EnsRegionId: {
      name: "ensRegionId",
      rule: "the id of an edge node; `aliyun ens DescribeEnsRegions` lists the nodes",
    },
    DispatchScope: { name: "dispatchScope", rule: oneOf(dispatchScopes) },
    Comment: comment,
  },
  PutBucketAcl: { BucketAcl: bucketAcl },
  UpdateBucketInfo: { Comment: comment },
  PutBucketLifecycle: {
    Prefix: {
      name: "lifecycleRules[].prefix",
      rule: "up to 1023 bytes, and not that of another rule of the bucket",
    },
    ExpirationDays: { name: "lifecycleRules[].expirationDays", rule: "a whole number above 0" },
    Status: { name: "lifecycleRules[].status", rule: oneOf(ruleStatuses) },
  },
  ListBuckets: { Prefix: bucketName },
};

/** Says which property of the program was refused; where the code speaks of none, what else it can be. */
export function invalidRemedy({ code, action, inputs, endpointSetting }: RemedyContext): string {
  const property = propertyOf(code, action);
  if (property === undefined) {
    return (
      `Check ${[...Object.keys(inputs), "the setting"].join(", ").replace(/, the/, " and the")} ${endpointSetting}; ` +
      "if they are right, this package is at fault."
    );
  }
  const { name, rule } = property;
  // The error begins with the bucket's name.
  const value = property === bucketName ? "" : ` (${printable(inputs[name], 60) || "not set"})`;
  return `Fix the property ${name}${value}: ${rule}.`;
}

/** bucketAcl for `InvalidBucketAcl`, `InvalidParameter.BucketAcl` and `MissingBucketAcl`. */
function propertyOf(code: string, action: string): Property | undefined {
  const [, parameter = ""] = /^(?:Invalid|Missing)(?:Parameter\.)?(\w+)$/.exec(code) ?? [];
  return new Map(Object.entries({ BucketName: bucketName, ...properties[action] })).get(parameter);
}

function oneOf(words: readonly string[]): string {
  return words.join(" or ");
}
