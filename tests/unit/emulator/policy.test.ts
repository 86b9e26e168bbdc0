import assert from "node:assert/strict";
import { allows, requirePolicy } from "../../../emulator/world/policy";

function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "1", Statement: statements });
}

const allow = { Effect: "Allow", Resource: "*" };

describe("a RAM policy of the emulator", () => {
  for (const [Action, allowed, refused] of [
    ["ens:PutBucket", ["ens:PutBucket"], ["ens:PutBucketAcl", "ens:DeleteBucket"]],
    [["ens:PutBucket", "ens:Get*"], ["ens:PutBucket", "ens:GetBucketAcl"], ["ens:ListBuckets"]],
    ["ens:*", ["ens:ListObjects"], ["sts:AssumeRole"]],
    ["*", ["ens:ListObjects"], []],
    ["ens:Put.ucket", [], ["ens:PutBucket"]],
  ] as const) {
    it(`allows what ${Action} names, and no more`, () => {
      const policy = policyOf({ ...allow, Action });
      assert.deepEqual(
        [...allowed, ...refused].filter((action) => allows(policy, action)),
        allowed,
      );
    });
  }

  it("refuses what one statement denies, whatever others allow", () => {
    const policy = policyOf(
      { ...allow, Action: "ens:*" },
      { ...allow, Effect: "Deny", Action: "ens:Delete*" },
    );
    assert.ok(allows(policy, "ens:PutBucket"));
    assert.ok(!allows(policy, "ens:DeleteBucket"));
  });

  it("allows nothing on a single bucket, which ENS does not know", () => {
    const policy = policyOf({ ...allow, Action: "ens:*", Resource: "acs:ens:*:*:bucket/media-assets" });
    assert.ok(!allows(policy, "ens:PutBucket"));
  });

  for (const policy of [
    "",
    "null",
    "{}",
    policyOf(),
    policyOf({ ...allow }),
    policyOf({ Action: "ens:*" }),
  ]) {
    it(`cannot be ${policy || "nothing"}`, () => {
      assert.throws(() => requirePolicy(policy), /^Error: policy should be a RAM policy as JSON/);
    });
  }
});
