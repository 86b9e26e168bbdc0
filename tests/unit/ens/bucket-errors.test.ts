import assert from "node:assert/strict";
import { apiError, connectionError, readAnswer } from "../../../provider/ens/call-errors";
import { endpointOf } from "../../../provider/ens/endpoint";
import type { ApiError } from "../../../provider/ens/errors";
import { Lookup } from "../../../provider/lifecycle/settings/lookup";
import { actionsInUse, namesOfActions } from "../../support/every-action";

type Name = keyof typeof actionsInUse;

const names = Object.keys(actionsInUse) as Name[];
const around = {
  origin: "stack configuration alicloud:accessKey",
  attempts: { attempts: 1, durationMs: 0 },
  howToSet: new Lookup(() => undefined, {}).howToSet,
};

function refusal(name: Name, code: string, given: object = {}, secrets: readonly string[] = []): ApiError {
  const { action, request } = actionsInUse[name];
  return apiError(
    { kind: "errorAnswer", code, statusCode: 400, message: "words of the vendor", requestId: "REQ-1" },
    { ...around, action, request: { ...(request as object), ...given }, secrets: new Set(secrets) },
  );
}

describe("what ENS refuses of an action on a bucket", () => {
  it("is looked at for every action there is", () => {
    assert.deepEqual([...names].sort(), [...namesOfActions()].sort());
  });

  const bucketNameRule = /Fix the property bucketName: 3 to 50 characters/;
  for (const [name, code, reason, remedy] of [
    [
      "PutBucket",
      "BucketAlreadyExists",
      "bucketExists",
      /The name is taken.*\nChoose another bucketName.*`adopt: true`/,
    ],
    ["PutBucket", "TooManyBuckets", "quota", /as it may have, 20 by default\.\n.*sales or support/],
    [
      "PutBucket",
      "NoSuchEnsRegion",
      "ensRegion",
      /no edge node "cn-beijing-15"\.\nFix the property ensRegionId: `aliyun ens DescribeEnsRegions`/,
    ],
    [
      "PutBucket",
      "OperationDenied",
      "ensRegion",
      /has not bought the edge node "cn-beijing-15"\.\n.*ENS console/,
    ],
    ["PutBucket", "UnSupportedCity", "ensRegion", /no place for buckets at the edge node "cn-beijing-15"/],
    ["PutBucket", "InvalidEngineId", "ensRegion", /another ensRegionId: `aliyun ens DescribeEnsRegions`/],
    ["PutBucket", "InvalidBucketName", "invalidInput", bucketNameRule],
    ["PutBucket", "InvalidComment", "invalidInput", /property comment \(of the shop\): up to 128 characters/],
    [
      "PutBucket",
      "InvalidBucketAcl",
      "invalidInput",
      /property bucketAcl \(private\): private or public-read/,
    ],
    ["PutBucket", "InvalidParameter.BucketAcl", "invalidInput", /property bucketAcl \(private\)/],
    ["PutBucket", "InvalidLogicalBucketType", "invalidInput", /logicalBucketType \(sink\): standard or sink/],
    ["PutBucket", "InvalidEnsRegionId", "invalidInput", /property ensRegionId \(cn-beijing-15\): the id of/],
    ["PutBucket", "MissingDispatchScope", "invalidInput", /dispatchScope \(not set\): domestic or oversea/],
    ["PutBucket", "InvalidDataRedundancyType", "invalidInput", /sends no such parameter.*\n.*ensRegionId/],
    [
      "PutBucket",
      "InvalidRegion",
      "invalidInput",
      /Check bucketName, bucketAcl, .* and the setting endpoint/,
    ],
    ["GetBucketInfo", "InvalidBucketName", "invalidInput", bucketNameRule],
    ["GetBucketInfo", "NoSuchBucket", "noSuchBucket", /Or make it, with a Bucket\./],
    ["GetBucketInfo", "UserDisable", "arrears", /unpaid bill/],
    [
      "DeleteBucket",
      "BucketNotEmpty",
      "bucketNotEmpty",
      /not finished\.\nDelete them;.*`forceDestroy: true`.*pulumi up/,
    ],
    ["DeleteBucket", "NoSuchBucket", "noSuchBucket", /no EOS bucket of that name/],
    ["DeleteBucket", "InternalError", "server", /support the request id/],
    ["ListBuckets", "InvalidParameter.Prefix", "invalidInput", bucketNameRule],
    ["PutBucketAcl", "InvalidBucketAcl", "invalidInput", /property bucketAcl \(public-read\): private or/],
    [
      "PutBucketAcl",
      "NoSuchBucket",
      "noSuchBucket",
      /no EOS bucket of that name\.\nRun `pulumi up --refresh`/,
    ],
    ["PutBucketAcl", "AccessDenied", "permission", /allows ens:PutBucketAcl on \*/],
    ["UpdateBucketInfo", "InvalidComment", "invalidInput", /property comment \(of the shop\)/],
    [
      "PutBucketLifecycle",
      "InvalidPrefix",
      "invalidInput",
      /lifecycleRules\[\]\.prefix \(tmp\/\): up to 1023/,
    ],
    [
      "PutBucketLifecycle",
      "InvalidParameter.ExpirationDays",
      "invalidInput",
      /property lifecycleRules\[\]\.expirationDays \(7\): a whole number above 0/,
    ],
    [
      "PutBucketLifecycle",
      "InvalidStatus",
      "invalidInput",
      /lifecycleRules\[\]\.status \(Enabled\): Enabled or/,
    ],
    [
      "PutBucketLifecycle",
      "InvalidParameter.Rule",
      "invalidInput",
      /Check bucketName, lifecycleRules\[\]\.prefix, .* and the setting endpoint/,
    ],
    [
      "PutBucketLifecycle",
      "NoSuchLifecycle",
      "noSuchRule",
      /does not have this lifecycle rule.*\n.*up --refresh/,
    ],
    ["GetBucketLifecycle", "NoSuchBucket", "noSuchBucket", /no EOS bucket.*\nRun `pulumi up --refresh`/],
    ["DeleteBucketLifecycle", "NoSuchLifecycle", "noSuchRule", /something else deleted it/],
    ["ListObjects", "InvalidParameter.Marker", "invalidInput", /Check bucketName and the setting endpoint/],
    ["ListObjects", "NoSuchKey", "noSuchObject", /does not have this object/],
    ["PrepareUpload", "InvalidaliUid", "permission", /activate EOS, its object storage, in the ENS console/],
    ["PutBucket", "SomethingNew", "other", /activate EOS, .*, in the ENS console/],
  ] as const) {
    it(`says what to do about ${code} of ${name}`, () => {
      const error = refusal(name, code);
      assert.equal(error.reason, reason);
      assert.match(error.message, new RegExp(`^${name} for .*media-assets.* failed with ${code}`));
      assert.match(error.message, remedy);
      assert.ok(error.message.endsWith(`errors.md#${reason.toLowerCase()}`));
    });
  }

  it("is not put down to a node that was not asked for", () => {
    for (const code of ["NoSuchEnsRegion", "OperationDenied", "UnSupportedCity"]) {
      assert.match(
        refusal("PutBucket", code, { ensRegionId: undefined }).message,
        /the edge node that|no edge node that ENS chose/,
      );
    }
  });

  it("is told without inputs that are secrets, whatever the remedy shows", () => {
    const secrets = ["media-assets", "cn-beijing-15", "of the shop", "tmp/", "7"];
    for (const name of names) {
      for (const code of ["InvalidComment", "InvalidPrefix", "InvalidExpirationDays", "OperationDenied"]) {
        const { message } = refusal(name, code, {}, secrets);
        for (const secret of secrets.slice(0, -1)) assert.ok(!message.includes(secret), message);
      }
    }
    const { message } = refusal("PutBucketLifecycle", "InvalidExpirationDays", {}, secrets);
    assert.match(message, /expirationDays \(\[secret\]\)/);
  });

  it("is that a comment cannot be changed, where ENS does not know the action for it", () => {
    const { message, reason } = refusal("UpdateBucketInfo", "InvalidAction.NotFound");
    assert.equal(reason, "noSuchAction");
    assert.match(
      message,
      /Put the comment back.*replaceOnChanges: \["comment"\].*ignoreChanges: \["comment"\]/,
    );
  });

  it("is that the endpoint is not one of ENS, where any other action is unknown there", () => {
    for (const code of ["InvalidAction.NotFound", "InvalidApi.NotFound", "InvalidVersion"]) {
      const { message, reason } = refusal("PutBucket", code);
      assert.equal(reason, "noSuchAction");
      assert.match(message, /does not know PutBucket, so it is not ENS\.\nCheck the setting endpoint/);
      assert.doesNotMatch(message, /comment/);
    }
  });
});

describe("an error about permission", () => {
  const { roleArn } = actionsInUse.AssumeRole.request as { readonly roleArn: string };
  const permissions: Readonly<Record<Name, readonly [action: string, resource: string]>> = {
    PrepareUpload: ["ens:PrepareUpload", "*"],
    PutBucket: ["ens:PutBucket", "*"],
    GetBucketInfo: ["ens:GetBucketInfo", "*"],
    ListBuckets: ["ens:ListBuckets", "*"],
    DeleteBucket: ["ens:DeleteBucket", "*"],
    PutBucketAcl: ["ens:PutBucketAcl", "*"],
    UpdateBucketInfo: ["ens:UpdateBucketInfo", "*"],
    PutBucketLifecycle: ["ens:PutBucketLifecycle", "*"],
    GetBucketLifecycle: ["ens:GetBucketLifecycle", "*"],
    DeleteBucketLifecycle: ["ens:DeleteBucketLifecycle", "*"],
    ListObjects: ["ens:ListObjects", "*"],
    DeleteObject: ["ens:DeleteObject", "*"],
    AssumeRole: ["sts:AssumeRole", roleArn],
    AssumeRoleWithOIDC: ["sts:AssumeRoleWithOIDC", roleArn],
  };
  for (const name of names) {
    it(`allows ${name}, and nothing else`, () => {
      const { message, policy } = refusal(name, "NoPermission");
      const [action, resource] = permissions[name];
      assert.ok(message.includes(` allows ${action} on ${resource} to it`), message);
      assert.deepEqual(JSON.parse(policy ?? ""), {
        Version: "1",
        Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
      });
      assert.equal(message.includes("AliyunEnsEOSFullAccess"), action.startsWith("ens:"));
    });
  }
});

describe("what an error says became of an action", () => {
  /** Those that change something: whether doing it again is safe. */
  const writes: Partial<Record<Name, "safe" | "to be checked">> = {
    PutBucket: "to be checked",
    DeleteBucket: "safe",
    PutBucketAcl: "safe",
    UpdateBucketInfo: "safe",
    PutBucketLifecycle: "to be checked",
    DeleteBucketLifecycle: "safe",
    DeleteObject: "safe",
  };
  const lost = { kind: "noAnswer", why: "the connection was reset", transient: true } as const;
  const endpoint = endpointOf("ens.aliyuncs.com");

  for (const name of names) {
    const { action, request } = actionsInUse[name];
    const call = { ...around, action, request };
    const messages = () => ({
      lost: connectionError({ ...lost, mayHaveArrived: true }, endpoint, call).message,
      notSent: connectionError({ ...lost, mayHaveArrived: false }, endpoint, call).message,
      failed: refusal(name, "InternalError").message,
      unreadable: unreadable(name),
    });
    const checkFirst = `${name} may have been done: check that before you run the command again.`;
    const again = `${name} may have been done; doing it again is safe.`;
    switch (writes[name]) {
      case undefined:
        it(`is nothing, of ${name}, which only asks`, () => {
          const said = messages();
          assert.match(said.lost, /, then run the command again; nothing was changed\./);
          assert.match(said.unreadable, / Nothing was changed\.\nRun the command again; if that fails,/);
          for (const message of Object.values(said)) assert.doesNotMatch(message, /done/);
        });
        break;
      case "safe":
        it(`is that ${name} may have been done, and that doing it again is safe`, () => {
          const said = messages();
          assert.ok(said.lost.includes(`, then run the command again. ${again}`), said.lost);
          assert.ok(said.failed.includes(`\n${again} Run the command again;`), said.failed);
          assert.ok(said.unreadable.includes(`${again}\nRun the command again;`), said.unreadable);
          for (const message of [said.lost, said.failed, said.unreadable]) {
            assert.doesNotMatch(message, /nothing was changed/i);
          }
          assert.match(said.notSent, /nothing was changed/);
        });
        break;
      default:
        it(`is that ${name} may have been done, and that this is to be checked`, () => {
          const said = messages();
          assert.ok(said.lost.includes(`. ${checkFirst}`), said.lost);
          assert.ok(said.failed.includes(`${name} may have been done: check that first.`), said.failed);
          assert.match(said.unreadable, new RegExp(`${name} was done, but its result is not in state\\.`));
          for (const message of [said.lost, said.failed, said.unreadable]) {
            assert.doesNotMatch(message, /nothing was changed|is safe/i);
          }
          assert.match(said.notSent, /nothing was changed/);
        });
    }
  }

  /** What is said of an answer without a request id. */
  function unreadable(name: Name): string {
    const { action, request } = actionsInUse[name];
    try {
      readAnswer({ RequestId: 7 }, { action, request });
    } catch (error) {
      return (error as Error).message;
    }
    return assert.fail("the answer was taken");
  }
});
