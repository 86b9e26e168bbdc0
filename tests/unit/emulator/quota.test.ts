import assert from "node:assert/strict";
import { Quota } from "../../../emulator/world/quota";

describe("the emulator's quota", () => {
  it("lets through as many calls a second as it has, by the emulator's clock", () => {
    let now = 10_400;
    const quota = new Quota(2, () => new Date(now));
    assert.deepEqual([quota.take(), quota.take(), quota.take()], [0, 0, 600]);
    now = 11_000;
    assert.equal(quota.take(), 0);
  });
});
