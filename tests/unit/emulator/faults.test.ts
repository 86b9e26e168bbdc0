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
});
