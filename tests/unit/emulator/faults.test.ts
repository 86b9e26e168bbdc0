import assert from "node:assert/strict";
import { Faults } from "../../../emulator/world/faults";

describe("the emulator's faults", () => {
  it("show in the order they were set, as often as told, to the bucket they are for", () => {
    const faults = new Faults();
    faults.add({ kind: "error", code: "First", times: 2, bucketName: "media-assets" });
    faults.add({ kind: "reset" });
    const kinds = ["other", "media-assets", "media-assets", "media-assets"].map(
      (bucketName) => faults.take({ service: "ens", bucketName })?.kind,
    );
    assert.deepEqual(kinds, ["reset", "error", "error", undefined]);
  });

  it("hit every action of ENS, and no call of another service", () => {
    const faults = new Faults();
    faults.add({ kind: "reset", times: 2 });
    const hit = ([service, action]: readonly ["ens" | "sts", string]) =>
      faults.take({ service, action, bucketName: undefined }) !== undefined;
    const calls = [
      ["sts", "AssumeRole"],
      ["ens", "PrepareUpload"],
      ["ens", "PutBucket"],
    ] as const;
    assert.deepEqual(calls.map(hit), [false, true, true]);
  });

  it("hit the action they are for, whatever else is asked", () => {
    const faults = new Faults();
    faults.add({ kind: "reset", action: "PutBucket", after: 1 });
    const hit = (action: string) => faults.take({ service: "ens", action, bucketName: "a" }) !== undefined;
    const actions = ["PutBucket", "PrepareUpload", "PutBucket", "PutBucket"];
    assert.deepEqual(actions.map(hit), [false, false, true, false]);
  });
});
