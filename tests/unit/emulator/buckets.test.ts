import assert from "node:assert/strict";
import { Buckets, placeFor } from "../../../emulator/world/buckets";
import { Rules } from "../../../emulator/world/rules";

function newBuckets(): Buckets {
  return new Buckets("localhost:9000", () => new Date(), new Rules());
}

describe("the emulator's buckets", () => {
  it("have physical names that are legal for the longest logical name, also when placed and moved", () => {
    const name = "b".repeat(50);
    const buckets = newBuckets();
    const { placements } = buckets.add({ name, placements: [{ clientIps: "203.0.113.7" }] });
    const names = [buckets.byName.get(name), placements[0], buckets.move(name)].map(
      (at) => at?.physicalBucketName,
    );
    assert.equal(new Set(names).size, 3);
    for (const physical of names) assert.match(physical ?? "", /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
  });

  it("keep the physical bucket that one was moved away from", () => {
    const buckets = newBuckets();
    const { physicalBucketName } = buckets.add("media-assets");
    assert.notEqual(buckets.move("media-assets").physicalBucketName, physicalBucketName);
    assert.ok(buckets.hasPhysical(physicalBucketName));
  });

  it("place a client by the first placement that fits, and else by default", () => {
    const buckets = newBuckets();
    const placements = [
      { clientIps: "203.0.113.7", physicalBucketName: "one-address" },
      { clientIps: "203.0.113.0/24", physicalBucketName: "network" },
      { clientIps: "2001:db8::/32", physicalBucketName: "six" },
    ];
    const bucket = buckets.add({ name: "media-assets", physicalBucketName: "other", placements });
    const at = (address: string) => placeFor(bucket, address).physicalBucketName;
    assert.equal(at("203.0.113.7"), "one-address");
    assert.equal(at("203.0.113.8"), "network");
    assert.equal(at("2001:db8::7"), "six");
    assert.equal(at("198.51.100.1"), "other");
    assert.equal(at("2001:db9::7"), "other");
  });

  it("take their physical buckets with them when they are deleted, but for those that others are in", () => {
    const buckets = newBuckets();
    buckets.add({ name: "shared-assets", physicalBucketName: "shared" });
    const placements = [{ clientIps: "203.0.113.7", physicalBucketName: "shared" }];
    const { physicalBucketName } = buckets.add({ name: "media-assets", placements });
    const moved = buckets.move("media-assets").physicalBucketName;
    assert.deepEqual(buckets.physicalOf("media-assets"), ["shared", physicalBucketName, moved]);
    buckets.delete("media-assets");
    const left = ["shared", physicalBucketName, moved].map((name) => buckets.hasPhysical(name));
    assert.deepEqual(left, [true, false, false]);
    assert.deepEqual(buckets.physicalOf("shared-assets"), ["shared"]);
  });

  it("are gone the way of deleted ones when they are deleted while they are new", () => {
    const rules = new Rules({ lag: { createMs: 9, deleteMs: 5 } });
    const buckets = new Buckets("eos", () => new Date(0), rules);
    buckets.create({ name: "media-assets" });
    buckets.delete("media-assets");
    const seen = [1, 2, 3, 4].map(() => buckets.see("media-assets", "GetBucketInfo"));
    assert.deepEqual(
      seen.map((one) => one && "there"),
      [null, "there", undefined, "there"],
    );
  });

  it("are taken while a replica still knows them", () => {
    let timeMs = 0;
    const buckets = new Buckets("eos", () => new Date(timeMs), new Rules({ lag: { deleteMs: 5 } }));
    buckets.create({ name: "media-assets" });
    assert.ok(buckets.isTaken("media-assets"));
    buckets.delete("media-assets");
    assert.ok(buckets.isTaken("media-assets"));
    timeMs = 5;
    assert.ok(!buckets.isTaken("media-assets"));
  });
});
