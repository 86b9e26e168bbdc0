import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as ens from "../../../provider";
import { ensMocks, failureOf, promiseOf } from "../../../testing";

const { FileAsset, RemoteAsset, StringAsset } = pulumi.asset;
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

describe("mocks of objects", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "mocked-"));
    writeFileSync(join(folder, "file"), "of a file");
  });
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(() => pulumi.runtime.setMocks(ensMocks({ buckets: ["media-assets"] })));

  const etag = (args: Omit<ens.BucketObjectArgs, "bucketName" | "key">) =>
    promiseOf(new ens.BucketObject("it", { bucketName: "media-assets", key: "it.txt", ...args }).etag);

  it("have the ETag that EOS has, of a text, an asset and a file", async () => {
    assert.equal(await etag({ content: "a text" }), md5("a text"));
    assert.equal(await etag({ content: "" }), md5(""));
    assert.equal(await etag({ source: new StringAsset("some text") }), md5("some text"));
    assert.equal(await etag({ source: new FileAsset(join(folder, "file")) }), md5("of a file"));
  });

  it("ask nobody for what is far away, whose URL stands in its place", async () => {
    const url = "https://example.invalid/a.txt";
    assert.equal(await etag({ source: new RemoteAsset(url) }), md5(url));
  });

  it("make a bucket and fill it", async () => {
    const { bucketName } = new ens.Bucket("made");
    const content = pulumi.jsonStringify({ bucketName });
    const made = new ens.BucketObject("made", { bucketName, key: "made.json", content });
    assert.equal(await promiseOf(made.contentType), "application/json");
    assert.equal(await promiseOf(made.size), (await promiseOf(content)).length);
    assert.ok(ens.BucketObject.isInstance(made));
  });

  it("fail for a bucket that is not there, and for an archive", async () => {
    const given = { bucketName: "other-assets", key: "a", content: "x" };
    const { message } = await failureOf(() => new ens.BucketObject("it", given));
    assert.match(message, /NoSuchBucket/);
    const source = new pulumi.asset.FileArchive("dist") as never;
    const refused = await failureOf(
      () => new ens.BucketObject("zip", { bucketName: "media-assets", key: "a", source }),
    );
    assert.match(refused.message, /got an archive/);
  });
});
