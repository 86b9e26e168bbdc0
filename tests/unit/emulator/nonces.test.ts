import assert from "node:assert/strict";
import { Nonces } from "../../../emulator/world/nonces";

describe("a nonce", () => {
  it("is taken again only from another key, or when its date would be refused", () => {
    let now = 0;
    const nonces = new Nonces(() => new Date(now));
    assert.equal(nonces.use("a", "1"), true);
    assert.equal(nonces.use("a", "1"), false);
    assert.equal(nonces.use("b", "1"), true);
    now = 29 * 60_000;
    assert.equal(nonces.use("a", "1"), false);
    now = 31 * 60_000;
    assert.equal(nonces.use("a", "1"), true);
  });
});
