import assert from "node:assert/strict";
import { World } from "../../../emulator/world";

function world(options: ConstructorParameters<typeof World>[0] = {}): World {
  const made = new World(options);
  made.objectEndpoint = "localhost:9000";
  return made;
}

describe("what an emulator knows", () => {
  it("gives the longest logical name a physical name that is legal, also when placed and moved", () => {
    const name = "b".repeat(50);
    const made = world();
    const { placements } = made.addBucket({ name, placements: [{ clientIps: "203.0.113.7" }] });
    const names = [made.buckets.get(name), placements[0], made.move(name)].map(
      (at) => at?.physicalBucketName,
    );
    assert.equal(new Set(names).size, 3);
    for (const physical of names) assert.match(physical ?? "", /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
  });

  it("keeps the physical bucket that a bucket was moved away from", () => {
    const made = world();
    const { physicalBucketName } = made.addBucket("media-assets");
    assert.notEqual(made.move("media-assets").physicalBucketName, physicalBucketName);
    assert.ok(made.hasPhysicalBucket(physicalBucketName));
  });

  it("places a client by the first placement that fits, and else by default", () => {
    const made = world();
    const placements = [
      { clientIps: "203.0.113.7", physicalBucketName: "one-address" },
      { clientIps: "203.0.113.0/24", physicalBucketName: "network" },
      { clientIps: "2001:db8::/32", physicalBucketName: "six" },
    ];
    made.addBucket({ name: "media-assets", physicalBucketName: "other", placements });
    const at = (address: string) => made.placeFor("media-assets", address)?.physicalBucketName;
    assert.equal(at("203.0.113.7"), "one-address");
    assert.equal(at("203.0.113.8"), "network");
    assert.equal(at("2001:db8::7"), "six");
    assert.equal(at("198.51.100.1"), "other");
    assert.equal(at("2001:db9::7"), "other");
  });

  it("lets through as many calls a second as the quota has, by its own clock", () => {
    let now = 10_400;
    const made = world({ quotaPerSecond: 2, clock: () => new Date(now) });
    assert.deepEqual([made.takeQuota(), made.takeQuota(), made.takeQuota()], [0, 0, 600]);
    now = 11_000;
    assert.equal(made.takeQuota(), 0);
  });

  it("shows faults in the order they were set, as often as told, to the bucket they are for", () => {
    const made = world();
    made.fail({ kind: "error", code: "First", times: 2, bucketName: "media-assets" });
    made.fail({ kind: "reset" });
    const kinds = ["other", "media-assets", "media-assets", "media-assets"].map(
      (bucketName) => made.takeFault("ens", bucketName)?.kind,
    );
    assert.deepEqual(kinds, ["reset", "error", "error", undefined]);
  });

  it("takes a nonce again only from another key, or when its date would be refused", () => {
    let now = 0;
    const made = world({ clock: () => new Date(now) });
    assert.equal(made.useNonce("a", "1"), true);
    assert.equal(made.useNonce("a", "1"), false);
    assert.equal(made.useNonce("b", "1"), true);
    now = 29 * 60_000;
    assert.equal(made.useNonce("a", "1"), false);
    now = 31 * 60_000;
    assert.equal(made.useNonce("a", "1"), true);
  });
});
