import assert from "node:assert/strict";
import { entriesIn, entriesText } from "../../../../provider/resources/bucket-folder/entries";
import type {
  BucketFolderInputs,
  BucketFolderState,
} from "../../../../provider/resources/bucket-folder/properties";
import { Reached } from "../../../../provider/resources/bucket-folder/reached";

const inputs = (files: Readonly<Record<string, string>>, prefix?: string): BucketFolderInputs => ({
  bucketName: "media-assets",
  path: "dist",
  ...(prefix !== undefined ? { prefix } : {}),
  files: entriesText(files),
});
const state = (
  files: Readonly<Record<string, string>>,
  others: Partial<BucketFolderState> = {},
): BucketFolderState => ({ ...inputs(files), fileCount: 0, digest: "", ...others });
/** The ETag of what an entry stands for. */
const etagOf = (entry: string) => Buffer.from(entry, "base64").toString("hex");
const [one, two] = ["1B2M2Y8AsgTpgAmY7PhCfg", "DMF1ucDxtqgxw5niaXcmYQ"];

describe("what a bucket has of a folder", () => {
  it("is nothing at first: all is missing, in order", () => {
    const reached = new Reached(inputs({ b: one, a: two }), undefined);
    assert.deepEqual([reached.missing, reached.leftover, reached.isNothing], [["a", "b"], [], true]);
    assert.deepEqual(entriesIn(reached.state.files), {});
    assert.equal(reached.state.fileCount, 0);
  });

  it("lacks what is new and what is another one, and has too much what is gone", () => {
    const before = state({ a: one, b: one, c: one });
    const reached = new Reached(inputs({ a: one, b: two, d: one }), before);
    assert.deepEqual([reached.missing, reached.leftover, reached.isNothing], [["b", "d"], ["c"], false]);
  });

  it("becomes what the folder has, a file at a time", () => {
    const reached = new Reached(inputs({ a: one, b: two }), state({ b: one, c: one }));
    reached.sent("b", etagOf(two));
    assert.deepEqual(entriesIn(reached.state.files), { b: two });
    assert.deepEqual(reached.state.leftover, ["c"]);
    reached.sent("a", etagOf(one));
    reached.deleted(["c"]);
    const { files, fileCount, leftover, partEtags } = reached.state;
    assert.deepEqual(
      { files: entriesIn(files), fileCount, leftover, partEtags },
      {
        files: { a: one, b: two },
        fileCount: 2,
        leftover: undefined,
        partEtags: undefined,
      },
    );
  });

  it("has another digest whenever a file is another one, has another name or other headers", () => {
    const digest = (files: Readonly<Record<string, string>>) =>
      new Reached(inputs(files), state(files)).state.digest;
    const digests = [{ a: one }, { a: two }, { b: one }, { a: `${one}abcd` }, { a: one, b: one }].map(digest);
    assert.equal(new Set(digests).size, 5);
    assert.equal(digest({ b: one, a: two }), digest({ a: two, b: one }), "the order says nothing");
    assert.match(digests[0] ?? "", /^[0-9a-f]{32}$/);
  });

  it("moves with another prefix", () => {
    const reached = new Reached(inputs({ a: one }, "new/"), state({ a: one, b: one }, { prefix: "old/" }));
    assert.deepEqual([reached.missing, reached.leftover], [["a"], ["old/a", "old/b"]]);
  });

  it("keeps what has the same key under another prefix", () => {
    const before = state(
      { "site/a": one, "site/b": one, c: one },
      { partEtags: { "site/a": "abc-2", c: "def-2" } },
    );
    const reached = new Reached(inputs({ a: one, b: two }, "site/"), before);
    assert.deepEqual([reached.missing, reached.leftover], [["b"], ["c"]]);
    assert.deepEqual(entriesIn(reached.state.files), { a: one, b: one });
    assert.deepEqual(reached.state.partEtags, { a: "abc-2" });
    const back = new Reached(inputs({ "site/a": one }), { ...reached.state, leftover: ["c"] });
    assert.deepEqual([back.missing, back.leftover], [[], ["c", "site/b"]]);
  });

  it("does not delete what was to be deleted and is wanted again, but puts it", () => {
    const reached = new Reached(inputs({ a: one, b: one }), state({ a: one }, { leftover: ["b", "old/c"] }));
    assert.deepEqual([reached.missing, reached.leftover], [["b"], ["old/c"]]);
    const prefixed = new Reached(inputs({ c: one }, "old/"), state({}, { leftover: ["b", "old/c"] }));
    assert.deepEqual([prefixed.missing, prefixed.leftover], [["c"], ["b"]]);
  });

  it("keeps the ETag of what was uploaded in parts, until it is put in one request", () => {
    const reached = new Reached(inputs({ a: one }), undefined);
    reached.sent("a", "0123456789abcdef-2");
    assert.deepEqual(reached.state.partEtags, { a: "0123456789abcdef-2" });
    const again = new Reached(inputs({ a: two }), reached.state);
    again.sent("a", etagOf(two));
    assert.equal(again.state.partEtags, undefined);
  });

  it("takes names of objects for names", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "__proto__"];
    const files = Object.fromEntries(names.map((name) => [name, one]));
    const reached = new Reached(inputs(files), state({}));
    assert.deepEqual(reached.missing, [...names].sort());
    for (const name of names) reached.sent(name, etagOf(one));
    assert.deepEqual(Object.keys(entriesIn(reached.state.files)).sort(), [...names].sort());
    assert.deepEqual(new Reached(inputs({}), state(files)).leftover.toSorted(), [...names].sort());
  });
});
