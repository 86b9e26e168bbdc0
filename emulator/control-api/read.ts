import { defined } from "../defined";
import { bucketAcls, dispatchScopes, logicalBucketTypes } from "../ens/bucket-properties";
import type {
  EmulatorAccount,
  EmulatorBucket,
  EmulatorFault,
  EmulatorPlace,
  EmulatorRules,
} from "../options";
import { Fields } from "./fields";

const placeFields = ["physicalBucketName", "endpoint"];
const propertyFields = ["bucketAcl", "logicalBucketType", "ensRegionId", "dispatchScope", "comment"];

/** A bucket as `PUT buckets/<name>` has it. */
export function readBucket(name: string, body: unknown): EmulatorBucket {
  const fields = new Fields(body, [...placeFields, "placements", "accountId", ...propertyFields]);
  const placements = fields
    .optionalList("placements", ["clientIps", ...placeFields])
    ?.map((placement) => ({ clientIps: placement.text("clientIps"), ...place(placement) }));
  return {
    name,
    ...place(fields),
    ...defined({
      placements,
      accountId: fields.optionalText("accountId"),
      bucketAcl: fields.optionalOneOf("bucketAcl", bucketAcls),
      logicalBucketType: fields.optionalOneOf("logicalBucketType", logicalBucketTypes),
      ensRegionId: fields.optionalText("ensRegionId"),
      dispatchScope: fields.optionalOneOf("dispatchScope", dispatchScopes),
      comment: fields.optionalText("comment"),
    }),
  };
}

/** Where to move a bucket. */
export function readPlace(body: unknown): EmulatorPlace {
  return place(new Fields(body, placeFields));
}

function place(fields: Fields): EmulatorPlace {
  return defined({
    physicalBucketName: fields.optionalText("physicalBucketName"),
    endpoint: fields.optionalText("endpoint"),
  });
}

const lagFields = ["createMs", "changeMs", "deleteMs", "storageMs"] as const;

/** The rules to change. */
export function readRules(body: unknown): EmulatorRules {
  const fields = new Fields(body, ["bucketQuota", "ensRegions", "lag", "updateBucketInfo"]);
  const lag = fields.optionalFields("lag", lagFields);
  return defined({
    bucketQuota: fields.optionalInteger("bucketQuota", 0, 1_000_000_000),
    ensRegions: fields.optionalWords("ensRegions", ["purchased", "notPurchased"]),
    lag:
      lag &&
      Object.fromEntries(
        lagFields.flatMap((name) => {
          const milliseconds = lag.optionalInteger(name, 0, 3_600_000);
          return milliseconds === undefined ? [] : [[name, milliseconds]];
        }),
      ),
    updateBucketInfo: fields.optionalBoolean("updateBucketInfo"),
  });
}

const kinds = ["error", "body", "reset", "lostAnswer", "hang"] as const;
const fieldsOfAll = ["kind", "service", "action", "after", "times", "bucketName", "method", "key", "delayMs"];
const fieldsOf = {
  error: ["code", "status", "message", "headers"],
  body: ["body", "status", "contentType"],
  reset: ["afterBytes"],
  lostAnswer: [],
  hang: ["afterBytes"],
} as const;

/** A fault to show. */
export function readFault(body: unknown): EmulatorFault {
  const kind = new Fields(body, [...fieldsOfAll, ...Object.values(fieldsOf).flat()]).oneOf("kind", kinds);
  const fields = new Fields(body, [...fieldsOfAll, ...fieldsOf[kind]]);
  const common = defined({
    service: fields.optionalOneOf("service", ["ens", "sts", "oss"]),
    action: fields.optionalText("action"),
    after: fields.optionalInteger("after", 0, 1_000_000_000),
    times: fields.optionalInteger("times", 1, 1_000_000_000),
    bucketName: fields.optionalText("bucketName"),
    method: fields.optionalText("method"),
    key: fields.optionalText("key"),
    delayMs: fields.optionalInteger("delayMs", 0, 3_600_000),
  });
  const status = () => fields.optionalInteger("status", 200, 599);
  switch (kind) {
    case "error":
      return {
        ...common,
        kind,
        code: fields.text("code"),
        ...defined({
          status: status(),
          message: fields.optionalText("message"),
          headers: fields.optionalTexts("headers"),
        }),
      };
    case "body":
      return {
        ...common,
        kind,
        body: fields.text("body"),
        ...defined({ status: status(), contentType: fields.optionalText("contentType") }),
      };
    case "lostAnswer":
      return { ...common, kind };
    default:
      return {
        ...common,
        kind,
        ...defined({ afterBytes: fields.optionalInteger("afterBytes", 0, 2 ** 40) }),
      };
  }
}

const statuses = ["active", "inactive", "noPermission", "accessDenied", "arrears"] as const;

/** An account as `PUT accounts/<access key id>` has it. */
export function readAccount(accessKeyId: string, body: unknown): EmulatorAccount {
  const fields = new Fields(body, [
    "accessKeySecret",
    "accountId",
    "securityToken",
    "expires",
    "status",
    "policy",
  ]);
  return {
    accessKeyId,
    accessKeySecret: fields.text("accessKeySecret"),
    ...defined({
      accountId: fields.optionalText("accountId"),
      securityToken: fields.optionalText("securityToken"),
      expires: fields.optionalDate("expires"),
      status: fields.optionalOneOf("status", statuses),
      policy: fields.optionalText("policy"),
    }),
  };
}
