import assert from "node:assert/strict";
import { bucket } from "../../provider/resources/bucket/lifecycle";
import type { BucketState } from "../../provider/resources/bucket/properties";
import { bucketCall } from "../support/bucket-call";
import { useEmulator } from "../support/emulator";

const bucketName = "media-assets";
const [tmp, logs] = [
  { prefix: "tmp/", expirationDays: 7, status: "Enabled" },
  { prefix: "logs/", expirationDays: 30, status: "Enabled" },
] as const;
const made: BucketState = {
  bucketName,
  bucketAcl: "private",
  logicalBucketType: "standard",
  lifecycleRules: [tmp, logs],
  forceDestroy: false,
  adopt: false,
};

describe("a bucket whose changes were done, though no answer said so", () => {
  const emulator = useEmulator();
  const lose = (...actions: readonly string[]) => {
    for (const action of actions) emulator().fail({ action, kind: "lostAnswer" });
  };
  const asked = (action: string) => emulator().requests.filter((one) => one.action === action).length;

  it("is one bucket with each rule once, is as it shall be after a change, and is gone", async () => {
    const call = bucketCall(emulator());
    lose("PutBucket", "PutBucketLifecycle");
    assert.deepEqual((await bucket.create(made, call)).state, made);
    assert.deepEqual([asked("PutBucket"), asked("PutBucketLifecycle")], [1, 2]);

    lose("PutBucketAcl", "UpdateBucketInfo", "PutBucketLifecycle", "DeleteBucketLifecycle");
    const changed: BucketState = {
      ...made,
      bucketAcl: "public-read",
      comment: "new",
      lifecycleRules: [{ ...logs, expirationDays: 60 }],
    };
    assert.deepEqual(await bucket.update(bucketName, made, changed, call), changed);
    const there = emulator().buckets.get(bucketName);
    assert.deepEqual([there?.bucketAcl, there?.comment], ["public-read", "new"]);
    assert.deepEqual(
      there?.lifecycleRules.map(({ prefix, expirationDays }) => [prefix, expirationDays]),
      [["logs/", 60]],
    );

    lose("DeleteBucket");
    await bucket.delete?.(changed, call);
    assert.equal(emulator().buckets.size, 0);
    assert.deepEqual(call.lines, []);
  });
});
