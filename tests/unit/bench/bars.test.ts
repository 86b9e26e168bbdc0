import assert from "node:assert/strict";
import { bars, crowdQuota, quotaPerSecond } from "../../../bench/bars";
import { fileBars } from "../../../bench/files/bars";
import { fileContestants, fileDescriptions } from "../../../bench/files/workload";
import type { Cost, Sample } from "../../../bench/samples";
import { type Contestant, contestants, descriptions, projectFiles } from "../../../bench/workload";
import { resources } from "../../../provider/resources/registry";

function sample(contestant: Contestant, wallMs: number, rest: Partial<Sample & Cost> = {}): Sample {
  const cost = { wallMs, processes: {}, connections: 8, requests: 100, refused: 0, spanMs: 0, ...rest };
  return { contestant, size: 100, step: "first up", repetition: 0, ...rest, cost };
}

function found(samples: readonly Sample[], name: RegExp) {
  const bar = bars({
    samples,
    files: [],
    startUp: { importMs: [3, 16, 4], firstCallMs: [151] },
    machine: {},
  }).find((one) => name.test(one.name));
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
      const made = [...contestants, ...fileContestants].some((name) =>
        (projectFiles(name)["index.js"] ?? "").includes(`new ens.${className}(`),
      );
      assert.ok(made, className);
      assert.ok(
        [...Object.values(descriptions), ...Object.values(fileDescriptions)].some((text) =>
          text.includes(`\`${className}\``),
        ),
        className,
      );
    }
  });
});

describe("the benchmark's bars of files", () => {
  function figure(samples: readonly Sample[], name: RegExp): number | undefined {
    return fileBars(samples).find((one) => name.test(one.name))?.figure.median;
  }

  function fileSample(contestant: Sample["contestant"], wallMs: number, rest: Partial<Sample & Cost> = {}) {
    return { ...sample("ours", wallMs, rest), contestant };
  }

  const memory = (peak: number) => ({ processes: { provider: { cpuMs: 1, peakBytes: peak * 1e6 } } });

  it("compare a first up with the vendor's client plus an empty up of the same repetition", () => {
    const samples = [
      fileSample("folder", 4500),
      fileSample("ali-oss", 2000),
      fileSample("empty", 1000, { size: 0 }),
      fileSample("folder", 9000, { repetition: 1 }),
      fileSample("ali-oss", 3000, { repetition: 1 }),
      fileSample("empty", 3000, { size: 0, repetition: 1 }),
      fileSample("folder", 1, { repetition: 2 }),
    ];
    assert.equal(figure(samples, /^first up of 100 files, against ali-oss/), 1.5);
  });

  it("compare with others only where these have as many files, and count state and memory of the most", () => {
    const state = { resource: 2_000_000, all: 2_000_000, checkpoint: 0 };
    const many = { size: 20_000, ...memory(250) };
    const samples = [
      fileSample("folder", 300),
      fileSample("dynamic", 1000),
      fileSample("ali-oss", 100),
      fileSample("folder", 1, { size: 1, step: "unchanged up", ...memory(140) }),
      fileSample("folder", 9999, { ...many, state }),
      fileSample("folder", 9999, { ...many, step: "unchanged up" }),
    ];
    assert.equal(figure(samples, /^first up of 100 files, against a dynamic/), 0.3);
    assert.equal(figure(samples, /^state of 20000 files/), 100);
    assert.equal(figure(samples, /^memory of the provider in an unchanged up of 20000/), 110);
  });

  it("keep the large file apart from the small ones", () => {
    const large = { size: 1, bytes: 2e8 };
    const samples = [
      fileSample("folder", 1500, { size: 1, ...memory(150) }),
      fileSample("folder", 3300, { ...large, ...memory(230) }),
      fileSample("ali-oss", 2000, large),
      fileSample("ali-oss", 10, { size: 1 }),
      fileSample("empty", 1000, { size: 0 }),
    ];
    assert.equal(figure(samples, /^first up of a file of 200 MB/), 1.1);
    assert.equal(figure(samples, /^ {2}memory of the provider, more than for a small file/), 80);
  });

  it("count the requests of an up that finds one change", () => {
    const samples = [fileSample("folder", 1, { step: "one changed", requests: 3 }), fileSample("ali-oss", 1)];
    assert.equal(figure(samples, /^requests where one of 100 files changed/), 3);
  });
});
