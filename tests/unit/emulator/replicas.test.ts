import assert from "node:assert/strict";
import type { BucketState } from "../../../emulator/world/bucket-state";
import { Replicas } from "../../../emulator/world/replicas";
import { Rules } from "../../../emulator/world/rules";

const now = {
  physicalBucketName: "media-1",
  endpoint: "eos.lan",
  placements: [],
  bucketAcl: "private",
  logicalBucketType: "standard",
  comment: "now",
  createTime: new Date(0),
  modifyTime: new Date(0),
  lifecycleRules: [],
} as const satisfies BucketState;

describe("the emulator's replicas", () => {
  let timeMs = 0;
  let rules = new Rules();
  let replicas = new Replicas(() => new Date(timeMs), rules);
  beforeEach(() => {
    timeMs = 0;
    rules = new Rules({ lag: { createMs: 100, changeMs: 50 } });
    replicas = new Replicas(() => new Date(timeMs), rules);
  });

  /** What so many answers in a row say of the bucket. */
  function answers(count: number, action = "GetBucketInfo"): string {
    const seen = Array.from({ length: count }, () => replicas.see("media", now, action));
    return seen.map((one) => (one ? one.comment : "gone")).join(" ");
  }

  it("agree when nothing lags", () => {
    rules.change({ lag: { createMs: 0, changeMs: 0 } });
    replicas.created("media");
    replicas.changed("media", { ...now, comment: "old" });
    assert.equal(answers(3), "now now now");
    assert.deepEqual(replicas.disputed, []);
  });

  it("take turns for each action by itself, so that two actions asked in turn are not told one side each", () => {
    replicas.created("media");
    const pairs = [1, 2].map(() => [answers(1, "GetBucketInfo"), answers(1, "ListBuckets")]);
    assert.deepEqual(pairs, [
      ["gone", "gone"],
      ["now", "now"],
    ]);
  });

  it("notice one change after the other, each in its own time", () => {
    replicas.created("media");
    timeMs = 80;
    replicas.changed("media", { ...now, comment: "old" });
    assert.equal(answers(2), "gone now");
    timeMs = 100;
    assert.equal(answers(2), "old now");
    timeMs = 130;
    assert.equal(answers(2), "now now");
  });

  it("bring back what a change before the last one left", () => {
    replicas.changed("media", { ...now, comment: "first" });
    timeMs = 40;
    replicas.changed("media", { ...now, comment: "second" });
    assert.equal(answers(2), "first now");
    timeMs = 60;
    assert.equal(answers(2), "second now");
  });

  it("lag as the rules were when the change was made", () => {
    rules.change({ lag: { changeMs: 0 } });
    replicas.created("media");
    rules.change({ lag: { createMs: 0 } });
    assert.equal(answers(2), "gone now");
    replicas.forget("media");
    assert.equal(answers(2), "now now");
  });
});

describe("the emulator's rules", () => {
  it("have the defaults of EOS", () => {
    const { bucketQuota, lag, updateBucketInfo } = new Rules();
    assert.deepEqual({ bucketQuota, updateBucketInfo }, { bucketQuota: 20, updateBucketInfo: true });
    assert.deepEqual(lag, { createMs: 0, changeMs: 0, deleteMs: 0, storageMs: 0 });
  });

  it("change one by one, also within the lag", () => {
    const rules = new Rules({ bucketQuota: 2, lag: { createMs: 1 } });
    rules.change({ lag: { deleteMs: 2 } });
    assert.equal(rules.bucketQuota, 2);
    assert.deepEqual(rules.lag, { createMs: 1, changeMs: 0, deleteMs: 2, storageMs: 0 });
  });

  it("take any node that looks like one unless nodes were named", () => {
    const rules = new Rules();
    for (const id of ["cn-beijing-15", "cn-dalian-unicom", "cn-wuxi-telecom_unicom_cmcc-2"]) {
      assert.equal(rules.ensRegion(id), "purchased", id);
    }
    for (const id of ["beijing", "CN-beijing-15", "cn beijing", ""]) {
      assert.equal(rules.ensRegion(id), "unknown", id);
    }
    rules.change({ ensRegions: { "cn-dalian-unicom": "notPurchased" } });
    for (const id of ["cn-beijing-15", "constructor"]) assert.equal(rules.ensRegion(id), "unknown", id);
    assert.equal(rules.ensRegion("cn-dalian-unicom"), "notPurchased");
  });
});
