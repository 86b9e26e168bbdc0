import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { headObject } from "../../provider/eos/actions/head-object";
import { listObjects } from "../../provider/eos/actions/list-objects";
import { putObject } from "../../provider/eos/actions/put-object";
import { bytesContent } from "../../provider/eos/content";
import { useEmulator } from "../support/emulator";
import { oddKeys, storageClient } from "../support/storage-client";

const bucketName = "media-assets";

describe("uploads to the object storage", () => {
  const emulator = useEmulator();
  let physicalBucketName: string;
  const place = () => ({ bucketName, physicalBucketName, endpoint: emulator().objectEndpoint });

  beforeEach(() => {
    // Nothing of the test before is in it.
    physicalBucketName = `media-assets-${Date.now()}`;
    emulator().addBucket({ name: bucketName, physicalBucketName });
    emulator().clearRequests();
  });
  afterEach(() => {
    emulator().clearFaults();
    emulator().removeBucket(bucketName);
  });

  const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

  for (const host of ["localhost", "127.0.0.1"]) {
    it(`puts objects of any key, and finds them again, at ${host}`, async () => {
      const at = { ...place(), endpoint: `${host}:${emulator().port}` };
      const client = storageClient();
      for (const key of oddKeys) {
        const bytes = Buffer.from(`the content of ${key}`);
        const { etag } = await client.call(putObject, { ...at, key, content: bytesContent(bytes) });
        assert.equal(etag, md5(bytes));
        const found = await client.call(headObject, { ...at, key });
        assert.deepEqual([found?.etag, found?.size], [etag, bytes.length], JSON.stringify(key));
      }
      const { items } = await client.call(listObjects, at);
      assert.deepEqual(items.map(({ key }) => key).sort(), [...oddKeys].sort());
      const below = await client.call(listObjects, { ...at, prefix: "a+" });
      const bytes = Buffer.from("the content of a+b");
      assert.deepEqual(
        below.items.map(({ key, etag, size }) => ({ key, etag, size })),
        [{ key: "a+b", etag: md5(bytes), size: bytes.length }],
      );
    });
  }

  it("keeps headers and metadata, and says what an object has", async () => {
    const headers = {
      contentType: "text/html; charset=utf-8",
      cacheControl: "no-cache",
      contentDisposition: `attachment; filename="ü.html"`,
      contentEncoding: "gzip",
      metadata: { author: "Zoë 編", "build-id": "7" },
    };
    const client = storageClient();
    const content = bytesContent(Buffer.from("<html>"));
    await client.call(putObject, { ...place(), key: "index.html", content, ...headers });
    const { etag, size, since, ...kept } =
      (await client.call(headObject, { ...place(), key: "index.html" })) ?? assert.fail();
    assert.deepEqual(kept, headers);
    assert.equal(size, 6);
    assert.ok(Math.abs(Date.now() - since) < 60_000);
    // What the key looks like does not count.
    await client.call(putObject, { ...place(), key: "plain.html", content });
    const plain = await client.call(headObject, { ...place(), key: "plain.html" });
    assert.deepEqual([plain?.contentType, plain?.metadata], ["application/octet-stream", {}]);
  });

  it("puts an empty object", async () => {
    const client = storageClient();
    const { etag } = await client.call(putObject, {
      ...place(),
      key: "a",
      content: bytesContent(Buffer.alloc(0)),
    });
    assert.equal(etag, "d41d8cd98f00b204e9800998ecf8427e");
    assert.equal((await client.call(headObject, { ...place(), key: "a" }))?.size, 0);
  });

  it("says of an object that is not there that there is none", async () => {
    assert.equal(await storageClient().call(headObject, { ...place(), key: "none" }), undefined);
  });
});
