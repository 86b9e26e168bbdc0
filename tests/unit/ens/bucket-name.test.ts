import assert from "node:assert/strict";
import { isBucketName, isPhysicalBucketName } from "../../../provider/ens/bucket-name";

describe("bucket names", () => {
  for (const name of ["abc", "media-assets", "0-9", "a".repeat(50)]) {
    it(`takes ${name}`, () => assert.equal(isBucketName(name), true));
  }

  for (const name of [
    "",
    "ab",
    "a".repeat(51),
    "-ab",
    "ab-",
    "Media",
    "a_b",
    "a.b",
    "a b",
    "äbc",
    "abc\n",
    "a/b",
  ]) {
    it(`refuses ${JSON.stringify(name)}`, () => assert.equal(isBucketName(name), false));
  }

  it("allows a physical name the suffix that ENS adds", () => {
    assert.equal(isPhysicalBucketName(`${"a".repeat(50)}-xxxxxx`), true);
    assert.equal(isPhysicalBucketName("a".repeat(64)), false);
  });
});
