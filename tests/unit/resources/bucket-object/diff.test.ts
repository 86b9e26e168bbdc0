import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../../../provider/lifecycle/unknown-value";
import { assetKey, assetSignature } from "../../../../provider/resources/bucket-object/asset";
import { bucketObject } from "../../../../provider/resources/bucket-object/lifecycle";

const names = { bucketName: "media-assets", key: "a.txt" };
const state = { ...names, contentType: "text/plain", typeFromKey: true, etag: "f00d", size: 1 };
const asset = (hash: string) => ({ [assetKey]: assetSignature, hash });
const ofText: Properties = { ...state, content: "x" };
const ofFile: Properties = { ...state, sourceHash: "1" };

function diff(
  olds: Properties,
  news: Properties,
  secrets: readonly string[] = [],
  before: readonly string[] = [],
) {
  return bucketObject.diff(olds, news, {
    secrets: new Set(secrets),
    secretsBefore: new Set(before),
    ignored: new Set<string>(),
    shown: (value) => value,
    tell: () => {},
  });
}

const unchanged: Readonly<Record<string, readonly [Properties, Properties]>> = {
  "the same text": [ofText, { ...names, content: "x" }],
  "a source with the same hash": [ofFile, { ...names, source: asset("1") }],
  "another type for its extension in a later version": [
    { ...ofText, contentType: "text/x-older" },
    { ...names, content: "x" },
  ],
  "the same type, given": [
    { ...names, content: "x", contentType: "a/b", etag: "f00d", size: 1 },
    { ...names, content: "x", contentType: "a/b" },
  ],
  "nulls in state": [
    { ...ofText, cacheControl: null },
    { ...names, content: "x" },
  ],
};

const changed: Readonly<Record<string, readonly [Properties, Properties, readonly string[]]>> = {
  "another text": [ofText, { ...names, content: "y" }, ["content"]],
  "a text that is not known yet": [ofText, { ...names, content: unknownValue }, ["content"]],
  "another hash": [ofFile, { ...names, source: asset("2") }, ["source"]],
  "a source that is not known yet": [ofFile, { ...names, source: unknownValue }, ["source"]],
  "a source in place of a text": [ofText, { ...names, source: asset("1") }, ["source", "content"]],
  "a text in place of a source": [ofFile, { ...names, content: "x" }, ["source", "content"]],
  "a header more": [ofText, { ...names, content: "x", cacheControl: "no-cache" }, ["cacheControl"]],
  "a header less": [{ ...ofText, contentEncoding: "gzip" }, { ...names, content: "x" }, ["contentEncoding"]],
  "other metadata": [
    { ...ofText, metadata: { a: "1" } },
    { ...names, content: "x", metadata: { a: "2" } },
    ["metadata"],
  ],
  "a type that is given now": [ofText, { ...names, content: "x", contentType: "a/b" }, ["contentType"]],
  "a type that is not given any more": [
    { ...names, content: "x", contentType: "a/b", etag: "f00d", size: 1 },
    { ...names, content: "x" },
    ["contentType"],
  ],
  "what others have put": [{ ...ofText, overwritten: true }, { ...names, content: "x" }, ["etag"]],
};

describe("the diff of BucketObject", () => {
  for (const [what, [olds, news]] of Object.entries(unchanged)) {
    it(`sees no change in ${what}`, () => assert.deepEqual(diff(olds, news).changed, []));
  }

  for (const [what, [olds, news, properties]] of Object.entries(changed)) {
    it(`sees ${what}, and puts it in place`, () => {
      const { changed, replaces } = diff(olds, news);
      assert.deepEqual([changed, replaces], [properties, []]);
    });
  }

  it("replaces for another key or bucket, and puts the new one first", () => {
    for (const [name, value] of [
      ["key", "b.txt"],
      ["bucketName", "other-assets"],
    ] as const) {
      const { replaces, deleteBeforeReplace } = diff(ofText, { ...names, content: "x", [name]: value });
      assert.deepEqual([replaces, deleteBeforeReplace], [[name], false]);
    }
  });

  it("replaces for a key that becomes a secret, whose id must not tell it, and deletes first", () => {
    const { replaces, deleteBeforeReplace } = diff(ofText, { ...names, content: "x" }, ["key"]);
    assert.deepEqual([replaces, deleteBeforeReplace], [["key"], true]);
  });
});
