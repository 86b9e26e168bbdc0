import assert from "node:assert/strict";
import { Deployment } from "../../../../provider/lifecycle/deployment";
import type { Properties } from "../../../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../../../provider/lifecycle/unknown-value";
import {
  archiveSignature,
  assetKey,
  assetSignature,
} from "../../../../provider/resources/bucket-object/asset";
import { check as checkIn } from "../../../../provider/resources/bucket-object/check";

const object = { bucketName: "media-assets", key: "a.txt", content: "x" };
const asset = (content: object) => ({ [assetKey]: assetSignature, hash: "f00d", ...content });
const megabyte = "x".repeat(1024 * 1024);

const taken: Readonly<Record<string, Properties>> = {
  "a text": object,
  "an empty text": { ...object, content: "" },
  "a text of 1 MB": { ...object, content: megabyte },
  "a file": { bucketName: "media-assets", key: "a", source: asset({ path: "a.txt" }) },
  "a text as asset": { bucketName: "media-assets", key: "a", source: asset({ text: megabyte }) },
  "a URL": { bucketName: "media-assets", key: "a", source: asset({ uri: "https://example.com/a" }) },
  "all headers": {
    ...object,
    contentType: "text/html; charset=utf-8",
    cacheControl: "no-cache",
    contentDisposition: 'attachment; filename="a.txt"',
    contentEncoding: "gzip",
    metadata: { Owner: "web" },
  },
  "what is not known yet": {
    bucketName: unknownValue,
    key: unknownValue,
    content: unknownValue,
    contentType: unknownValue,
    metadata: { owner: unknownValue },
  },
  "a source that is not known yet": { bucketName: "media-assets", key: "a", source: unknownValue },
};

const refused: Readonly<Record<string, readonly [Properties, string, RegExp]>> = {
  "a bad bucket": [{ ...object, bucketName: "Media" }, "bucketName", /expected the name of an EOS bucket/],
  "no key": [{ ...object, key: undefined }, "key", /expected an object's key/],
  "a key that is too long": [{ ...object, key: "é".repeat(512) }, "key", /at most 1023 bytes/],
  "no content": [
    { ...object, content: undefined },
    "content",
    /for an object of 0 bytes, give the empty text/i,
  ],
  "two contents": [{ ...object, source: asset({ text: "x" }) }, "content", /nothing beside source/],
  "a content that is no text": [{ ...object, content: 1 }, "content", /expected a text, got 1/],
  "a text over 1 MB": [
    { ...object, content: `${megabyte}x` },
    "content",
    /at most 1048576 bytes.*got 1048577.*file/s,
  ],
  "a text of few characters over 1 MB": [
    { ...object, content: "é".repeat(600_000) },
    "content",
    /got 1200000/,
  ],
  "an asset of a text over 1 MB": [
    { ...object, content: null, source: asset({ text: `${megabyte}x` }) },
    "source",
    /at most 1048576 bytes/,
  ],
  "an archive": [
    { ...object, content: null, source: { [assetKey]: archiveSignature, path: "dist" } },
    "source",
    /expected an asset.*got an archive/s,
  ],
  "a path in place of an asset": [
    { ...object, content: null, source: "logo.png" },
    "source",
    /a FileAsset of.*got "logo\.png".*given as content/s,
  ],
  "a header that is no ASCII": [{ ...object, cacheControl: "ü" }, "cacheControl", /ASCII/],
  "a bad name in metadata": [
    { ...object, metadata: { "a b": "x" } },
    'metadata["a b"]',
    /letters, digits and hyphens/,
  ],
};

const check = (given: Parameters<typeof checkIn>[0]) => checkIn(given, { deployment: new Deployment() });

describe("the check of BucketObject", () => {
  for (const [what, given] of Object.entries(taken)) {
    it(`takes ${what}`, () => {
      const { inputs, failures } = check(given);
      assert.deepEqual(failures, []);
      assert.deepEqual(inputs, given);
    });
  }

  for (const [what, [given, property, reason]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const { failures } = check(given);
      assert.deepEqual(
        failures.map((failure) => failure.property),
        [property],
      );
      assert.match(failures[0]?.reason ?? "", reason);
    });
  }

  it("says all at once", () => {
    const { failures } = check({ bucketName: "M", key: "", content: 1, contentType: 2, metadata: 3 });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["bucketName", "key", "content", "contentType", "metadata"],
    );
  });

  it("refuses an object that another resource of the program puts", () => {
    const deployment = new Deployment();
    const by = (claimant: string) =>
      checkIn(object, { deployment, claimant }).failures.map(({ reason }) => reason);
    assert.deepEqual([by('BucketFolder "site"'), by('BucketFolder "site"')], [[], []]);
    assert.deepEqual(by('BucketObject "config"'), [
      `BucketFolder "site" puts "${object.key}" too. Give one of the two another key.`,
    ]);
  });

  it("leaves out what is null, and metadata with nothing in it", () => {
    const given = { ...object, source: null, contentType: null, metadata: { a: null } };
    assert.deepEqual(check(given), { inputs: object, failures: [] });
  });
});
