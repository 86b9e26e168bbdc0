import assert from "node:assert/strict";
import { unknownValue } from "../../../../provider/lifecycle/unknown-value";
import { differencesOf, inWords, subjectOf } from "../../../../provider/resources/bucket-folder/differences";

const words = (before: object, now: object, sizeOf: (name: string) => number = () => 0) =>
  inWords(differencesOf({ ...before }, { ...now }), { sizeOf });
const many = (count: number, entry = "x") =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`file-${n}`, entry]));

describe("what an update of a folder would do, in words", () => {
  it("counts what is new, changed, gone and unchanged, and names the first of them", () => {
    assert.equal(
      words({ z: "1", b: "1", c: "1", y: "1" }, { aa: "1", a: "1", b: "2", c: "1" }, () => 7),
      '2 new, 1 changed, 2 gone, 1 unchanged (21 B to upload): "a", "aa", "b", "y", "z"',
    );
    assert.equal(
      words(
        many(1184),
        { ...many(1184), ...Object.fromEntries([..."abcdefghijkl"].map((name) => [name, "x"])) },
        () => 350_000,
      ),
      '12 new, 1184 unchanged (4.2 MB to upload): "a", "b", "c", "d", "e"…',
    );
    assert.equal(
      words({}, many(5)),
      '5 new (0 B to upload): "file-0", "file-1", "file-2", "file-3", "file-4"',
    );
  });

  it("says nothing where nothing differs, in whatever order", () => {
    assert.equal(words({ a: "1", b: "2" }, { b: "2", a: "1" }), "");
    assert.equal(words({}, {}), "");
  });

  it("says no size where nothing is uploaded", () => {
    assert.equal(words({ a: "1", b: "1" }, { a: "1" }), '1 gone, 1 unchanged: "b"');
  });

  for (const [bytes, size] of [
    [999, "999 B"],
    [1000, "1 KB"],
    [99_499, "99 KB"],
    [100_000, "0.1 MB"],
    [4_249_999, "4.2 MB"],
    [3_000_000_000, "3000.0 MB"],
  ] as const) {
    it(`says ${bytes} bytes as ${size}`, () => {
      assert.equal(
        words({}, { a: "1" }, () => bytes),
        `1 new (${size} to upload): "a"`,
      );
    });
  }

  it("quotes names, so that none of them can be taken for a line of ours", () => {
    assert.doesNotMatch(words({}, { "a\nerror: b": "1" }), /\n/);
  });

  it("takes names of objects for names", () => {
    assert.equal(words({}, { constructor: "1" }), '1 new (0 B to upload): "constructor"');
    assert.equal(words({ toString: "1" }, {}), '1 gone: "toString"');
  });
});

describe("a folder in lines", () => {
  const shown = (value: string) => (value === "hidden" ? "[secret]" : value);
  for (const [what, inputs, subject] of [
    ["its bucket", { bucketName: "media-assets" }, "media-assets/"],
    ["its prefix", { bucketName: "media-assets", prefix: "site/" }, "media-assets/site/"],
    ["no secret", { bucketName: "hidden", prefix: "hidden" }, "[secret]/[secret]"],
    ["a bucket that is not known yet", { bucketName: unknownValue, prefix: "site/" }, "…/site/"],
  ] as const) {
    it(`is ${what}`, () => {
      assert.equal(subjectOf(inputs, shown), subject);
    });
  }
});
