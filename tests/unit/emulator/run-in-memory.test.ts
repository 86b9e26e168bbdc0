import assert from "node:assert/strict";
import { runInMemory } from "../../../emulator/gateway/run-in-memory";
import { World } from "../../../emulator/world/world";

describe("an action of the emulator, run in memory", () => {
  const media = { name: "media-assets", physicalBucketName: "media-1" };
  const world = (options = {}) => new World({ buckets: [media], ...options }, { objectEndpoint: "eos.lan" });

  it("answers by its name; parameters that are undefined are left out", () => {
    const parameters = { BucketName: "media-assets", ClientIp: undefined };
    const answer = { BucketName: "media-1", Endpoint: "eos.lan" };
    assert.deepEqual(runInMemory(world(), "PrepareUpload", parameters), answer);
  });

  for (const [name, parameters, code] of [
    ["PrepareUpload", { BucketName: "nowhere" }, "NoSuchBucket"],
    ["PrepareUpload", {}, "MissingBucketName"],
    [
      "AssumeRole",
      { RoleArn: "r", RoleSessionName: "s", DurationSeconds: "1" },
      "InvalidParameter.DurationSeconds",
    ],
    ["PaintBucket", {}, "InvalidAction.NotFound"],
    ["", {}, "MissingAction"],
  ] as const) {
    it(`refuses ${name || "no name"} ${JSON.stringify(parameters)} with ${code}`, () => {
      assert.throws(() => runInMemory(world(), name, parameters), { code });
    });
  }

  it("gives a bucket a thousand lifecycle rules, and no more, but changes those that are there", () => {
    const full = world();
    const put = (parameters: Readonly<Record<string, string>>) =>
      runInMemory(full, "PutBucketLifecycle", {
        BucketName: "media-assets",
        Status: "Enabled",
        ExpirationDays: "7",
        ...parameters,
      });
    for (let number = 1; number < 1000; number += 1) put({ Prefix: `${number}/` });
    const last = String(put({ Prefix: "1000/" }).RuleId);
    assert.throws(() => put({ Prefix: "1001/" }), { code: "InvalidParameter.Rule" });
    assert.deepEqual(put({ Prefix: "other/", RuleId: last }), { RuleId: last });
  });

  it("is within the quota", () => {
    assert.throws(() => runInMemory(world({ quotaPerSecond: 0 }), "PrepareUpload", {}), {
      code: "Throttling.User",
    });
  });
});
