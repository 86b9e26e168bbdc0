import assert from "node:assert/strict";
import { Fields } from "../../../provider/ens/fields";
import { fitsXml } from "../../../provider/eos/actions/delete-objects";
import { readPage } from "../../../provider/eos/listing";

describe("a page of a listing", () => {
  const fieldsOf = (IsTruncated: string) =>
    new Fields({ Date: "Wed, 25 Nov 2026 16:00:07 GMT", IsTruncated });

  it("was listed at the end of a second, so that what was written within that second is not newer", () => {
    assert.equal(readPage(fieldsOf("false"), [], () => "").listedAt, Date.UTC(2026, 10, 25, 16, 0, 7, 999));
  });

  it("says where the next begins only where there is one", () => {
    assert.equal(readPage(fieldsOf("false"), [], () => "a").next, undefined);
    assert.equal(readPage(fieldsOf("true"), [], () => "a").next, "a");
  });
});

describe("a key that XML can carry", () => {
  for (const key of ["a", "\t\n\r", "😀", "\ud7ff\ue000\ufffd", "<&>"]) {
    it(`is ${JSON.stringify(key)}`, () => assert.ok(fitsXml(key)));
  }
  for (const key of ["\0", "a\u0001", "\u000b", "\u001f", "\ud800", "\ufffe", "\uffff"]) {
    it(`is not ${JSON.stringify(key)}`, () => assert.ok(!fitsXml(key)));
  }
});
