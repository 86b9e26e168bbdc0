import assert from "node:assert/strict";
import { Pace } from "../../../provider/files/pace";

function take(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe("the pace of work on the spot", () => {
  it("lets others go on after ten milliseconds, and not before", async () => {
    let heard = false;
    setImmediate(() => {
      heard = true;
    });
    const pace = new Pace();
    await pace.pause();
    assert.equal(heard, false);
    take(11);
    await pace.pause();
    assert.equal(heard, true);
  });

  it("has none any more where it was slow, also where it failed", () => {
    const pace = new Pace();
    assert.equal(
      pace.onTheSpot(() => 1),
      1,
    );
    assert.throws(() =>
      pace.onTheSpot(() => {
        take(20);
        throw new Error("no disk");
      }),
    );
    assert.equal(
      pace.onTheSpot(() => 1),
      undefined,
    );
  });
});
