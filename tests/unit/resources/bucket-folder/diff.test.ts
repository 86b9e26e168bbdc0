import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../../../provider/lifecycle/unknown-value";
import { entriesIn, entriesText } from "../../../../provider/resources/bucket-folder/entries";
import { bucketFolder } from "../../../../provider/resources/bucket-folder/lifecycle";

const olds: Properties = {
  bucketName: "media-assets",
  path: "/nowhere/dist",
  prefix: "site/",
  exclude: ["*.map"],
  files: entriesText({ "a.css": "1", "index.html": "1" }),
  fileCount: 2,
  digest: "0",
};
const { fileCount: _, digest: __, ...same } = olds;

/** What changed, what replaces, and what was told. */
function diff(before: Properties, now: Properties, secrets: readonly string[] = [], secretsBefore = secrets) {
  const lines: string[] = [];
  const { changed, replaces } = bucketFolder.diff(before, now, {
    secrets: new Set(secrets),
    secretsBefore: new Set(secretsBefore),
    ignored: new Set<string>(),
    shown: (value) => (secrets.some((name) => now[name] === value) ? "[secret]" : value),
    tell: (line) => lines.push(line),
  });
  return { changed, replaces, lines };
}

describe("a folder, compared", () => {
  const nothing = { changed: [], replaces: [], lines: [] };

  it("is the same where nothing that the program decides differs, nor a file", () => {
    assert.deepEqual(diff(olds, same), nothing);
    assert.deepEqual(diff(olds, { ...same, include: null, fileOptions: undefined }), nothing);
    assert.deepEqual(diff({ ...olds, partEtags: { "a.css": "x-2" } }, same), nothing);
  });

  it("shows its files, by their names", () => {
    assert.deepEqual(diff(olds, { ...same, files: entriesText({ "a.css": "2", "b.css": "1" }) }), {
      changed: ["files"],
      replaces: [],
      lines: ['media-assets/site/: 1 new, 1 changed, 1 gone (0 B to upload): "b.css", "a.css", "index.html"'],
    });
  });

  for (const [name, value] of [
    ["path", "/nowhere/else"],
    ["include", ["**"]],
    ["exclude", ["*.map", "*.ts"]],
    ["fileOptions", [{ files: "*.map", cacheControl: "no-cache" }]],
  ] as const) {
    it(`says nothing of files where only ${name} differs`, () => {
      assert.deepEqual(diff(olds, { ...same, [name]: value }), { ...nothing, changed: [name] });
    });
  }

  it("moves in place with another prefix", () => {
    assert.deepEqual(diff(olds, { ...same, prefix: "new/" }), {
      changed: ["prefix", "files"],
      replaces: [],
      lines: [
        'media-assets/new/: 2 new, 2 gone (0 B to upload): "a.css", "index.html", "site/a.css", "site/index.html"',
      ],
    });
  });

  it("says nothing of files that have the same keys under another prefix", () => {
    const files = entriesText({ "site/a.css": "1", "site/index.html": "1" });
    assert.deepEqual(diff(olds, { ...same, prefix: undefined, files }).lines, []);
    assert.deepEqual(diff(olds, { ...same, prefix: "", files }).changed, ["prefix"]);
  });

  it("goes on with what was still to be deleted, or is wanted again", () => {
    const before = { ...olds, leftover: ["site/old.css", "older/b"] };
    assert.deepEqual(diff(before, same), {
      changed: ["files"],
      replaces: [],
      lines: ['media-assets/site/: 2 gone, 2 unchanged: "older/b", "old.css"'],
    });
    assert.deepEqual(
      diff(before, { ...same, files: entriesText({ ...entriesIn(same.files), "old.css": "1" }) }).lines,
      ['media-assets/site/: 1 changed, 1 gone, 2 unchanged (0 B to upload): "old.css", "older/b"'],
    );
  });

  it("is replaced in another bucket, without a word of files", () => {
    assert.deepEqual(diff(olds, { ...same, bucketName: "other-assets", files: entriesText({}) }), {
      changed: ["bucketName"],
      replaces: ["bucketName"],
      lines: [],
    });
  });

  it("is replaced where the bucket's name becomes a secret, or is none any more", () => {
    assert.deepEqual(diff(olds, same, ["bucketName"], []).replaces, ["bucketName"]);
    assert.deepEqual(diff(olds, same, [], ["bucketName"]).replaces, ["bucketName"]);
    assert.deepEqual(diff(olds, same, ["bucketName"]).replaces, []);
  });

  it("is another one where its files are not known yet", () => {
    assert.deepEqual(diff(olds, { ...same, path: unknownValue, files: unknownValue }), {
      ...nothing,
      changed: ["path", "files"],
    });
  });

  it("shows no prefix that is a secret, or was one", () => {
    const before = { ...olds, leftover: ["older/b"] };
    for (const [secrets, secretsBefore] of [
      [["prefix"], ["prefix"]],
      [["prefix"], []],
      [[], ["prefix"]],
    ] as const) {
      const { lines } = diff(before, { ...same, prefix: "new/" }, secrets, secretsBefore);
      assert.equal(lines.length, 1);
      assert.doesNotMatch(lines[0] ?? "", /site|older/);
      if (secrets.length > 0) assert.doesNotMatch(lines[0] ?? "", /new\//);
    }
  });
});
