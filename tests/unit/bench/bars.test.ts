import assert from "node:assert/strict";
import { bars, crowdQuota, quotaPerSecond } from "../../../bench/bars";
import type { Cost, Sample } from "../../../bench/samples";
import { type Contestant, contestants, descriptions, programFiles } from "../../../bench/workload";
import { resources } from "../../../provider/resources/registry";

function sample(contestant: Contestant, wallMs: number, rest: Partial<Sample & Cost> = {}): Sample {
  const cost = { wallMs, processes: {}, connections: 8, requests: 100, refused: 0, spanMs: 0, ...rest };
  return { contestant, size: 100, step: "first up", repetition: 0, ...rest, cost };
}

function found(samples: readonly Sample[], name: RegExp) {
  const bar = bars({ samples, startUp: { importMs: [3, 16, 4], firstCallMs: [151] }, machine: {} }).find(
    (one) => name.test(one.name),
  );
  assert.ok(bar !== undefined, `no bar ${name}`);
  return bar;
}

describe("the benchmark's bars", () => {
  it("compare within each repetition, so that a slow one tells nothing", () => {
    const samples = [
      sample("ours", 40),
      sample("plain", 100),
      sample("ours", 400, { repetition: 1 }),
      sample("plain", 1000, { repetition: 1 }),
      sample("ours", 1, { repetition: 2 }),
    ];
    const { figure, verdict } = found(samples, /plain provider/);
    assert.deepEqual(figure, { median: 0.4, least: 0.4, most: 0.4 });
    assert.equal(verdict, "within");
  });

  it("are over by what is above their limit, by the median alone", () => {
    assert.equal(found([sample("ours", 43), sample("plain", 100)], /plain provider/).verdict, "over");
    assert.equal(found([], /importing/).verdict, "within");
    assert.equal(found([], /first call/).verdict, "over");
  });

  it("look at the largest size, and leave out what was not measured", () => {
    const samples = [
      sample("ours", 9),
      sample("ours", 70, { size: 1000 }),
      sample("idle", 100, { size: 1000 }),
    ];
    assert.equal(found(samples, /do-nothing/).figure.median, 0.7);
    assert.throws(() => found(samples, /plain provider/), /no bar/);
  });

  it("count what got no answer under the quota, and what was refused on the way", () => {
    const paced = { quota: quotaPerSecond, requests: 105, refused: 6 };
    const samples = [sample("many", 3000, paced), sample("empty", 800, { size: 0 })];
    assert.equal(found(samples, /under 50 a second/).figure.median, 1.1);
    assert.equal(found(samples, /refused/).verdict, "over");
    assert.deepEqual([found(samples, /failed/).figure.median, found(samples, /failed/).verdict], [1, "over"]);
  });

  it("count a crowd's time from its first answer to its last, whatever Pulumi takes besides", () => {
    const crowd = { quota: crowdQuota, size: 400, requests: 412, refused: 12, spanMs: 11_000 };
    const samples = [sample("ours", 90_000, crowd)];
    assert.equal(found(samples, /begin at once under 40 a second/).figure.median, 1.1);
    assert.equal(found(samples, /of these refused/).figure.median, 3);
    assert.equal(found(samples, /of these failed/).figure.median, 0);
  });

  it("are of every resource that stacks have many of: each has a contestant whose program makes it", () => {
    // An account has 20 buckets, unless it has asked for more.
    const { Bucket: _, ...others } = resources;
    for (const { className } of Object.values(others)) {
      const made = contestants.some((name) =>
        (programFiles(name)["index.js"] ?? "").includes(`new ens.${className}(`),
      );
      assert.ok(made, className);
      assert.ok(
        Object.values(descriptions).some((text) => text.includes(`\`${className}\``)),
        className,
      );
    }
  });
});
