import assert from "node:assert/strict";
import type { Asker, Body, Parameters } from "./asker";

export function describeObjects(asker: Asker): void {
  const { answered, codeOf, make, storage } = asker;

  it("shows and deletes the objects that the object storage has", async () => {
    const BucketName = "media-assets";
    await make();
    const oss = await storage();
    for (const key of ["a/1.txt", "a/2 ü.txt", "b.txt"]) await oss.put(key, Buffer.from(key));
    const { Contents, ...page } = await answered("ListObjects", { BucketName, Prefix: "a/" });
    assert.deepEqual(
      (Contents as Body[]).map(({ Key, Size }) => [Key, Size]),
      [
        ["a/1.txt", 7],
        ["a/2 ü.txt", 10],
      ],
    );
    const [first] = Contents as Readonly<Record<string, string>>[];
    const { res } = await oss.head("a/1.txt");
    const { etag } = res.headers as Readonly<Record<string, string>>;
    assert.equal(`"${first?.ETag}"`, etag);
    assert.match(first?.ETag ?? "", /^[0-9A-F]{32}$/);
    assert.match(first?.LastModified ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(
      { ...page },
      {
        BucketName,
        ContinuationToken: "",
        IsTruncated: false,
        KeyCount: 2,
        Marker: "",
        MaxKeys: 100,
        Prefix: "a/",
      },
    );
    await answered("DeleteObject", { BucketName, ObjectKey: "a/1.txt" });
    await assert.rejects(oss.head("a/1.txt"), { status: 404 });
    await oss.delete("a/2 ü.txt");
    const parts = Buffer.alloc(250_000, "some text ");
    await oss.multipartUpload("a/parts", parts, { partSize: 100 * 1024 });
    const { Contents: inParts } = await answered("ListObjects", { BucketName, Prefix: "a/" });
    const uploaded = await oss.head("a/parts");
    assert.deepEqual(
      (inParts as Body[]).map(({ Key, Size, ETag }) => [Key, Size, `"${ETag}"`]),
      [["a/parts", parts.length, (uploaded.res.headers as Readonly<Record<string, string>>).etag]],
    );
    assert.match(String((inParts as Body[])[0]?.ETag), /^[0-9A-F]{32}-3$/);
    await answered("DeleteObject", { BucketName, ObjectKey: "a/parts" });
    const { Contents: left } = await answered("ListObjects", { BucketName });
    assert.deepEqual(
      (left as Body[]).map(({ Key }) => Key),
      ["b.txt"],
    );
  });

  it("lists objects a page at a time, by marker, by token and after a key", async () => {
    const BucketName = "media-assets";
    await make();
    const oss = await storage();
    for (const key of ["a", "b", "c d", "e"]) await oss.put(key, Buffer.from(key));
    const list = async (parameters: Parameters) => {
      const page = await answered("ListObjects", { BucketName, ...parameters });
      const keys = (page.Contents as Body[]).map(({ Key }) => Key).join(",");
      return { ...page, keys } as Readonly<Record<string, string>>;
    };
    const first = await list({ MaxKeys: 2 });
    assert.deepEqual([first.keys, first.IsTruncated, first.NextMarker], ["a,b", true, "b"]);
    const ContinuationToken = first.NextContinuationToken ?? "";
    const second = await list({ MaxKeys: 2, ContinuationToken });
    assert.deepEqual([second.keys, second.IsTruncated], ["c d,e", false]);
    assert.equal((await list({ Marker: "b" })).keys, "c d,e");
    assert.equal((await list({ StartAfter: "c d" })).keys, "e");
    assert.equal((await list({ StartAfter: "a", Marker: "b", EncodingType: "url" })).keys, "c%20d,e");
    const none = await list({ MaxKeys: 0 });
    assert.deepEqual([none.keys, none.IsTruncated, none.KeyCount], ["", false, 0]);
  });

  it("deletes a bucket only when it holds neither an object nor an upload under way", async () => {
    const BucketName = "media-assets";
    await make();
    const oss = await storage();
    await oss.put("key", Buffer.from("body"));
    const { uploadId } = await oss.initMultipartUpload("in parts");
    assert.equal(await codeOf("DeleteBucket", { BucketName }), "BucketNotEmpty");
    await oss.delete("key");
    assert.equal(await codeOf("DeleteBucket", { BucketName }), "BucketNotEmpty");
    await oss.abortMultipartUpload("in parts", uploadId);
    assert.deepEqual(await answered("DeleteBucket", { BucketName }), {});
    assert.equal(await codeOf("DeleteBucket", { BucketName }), "NoSuchBucket");
    await assert.rejects(oss.put("key", Buffer.from("body")), { code: "NoSuchBucket" });
    await make();
  });
}
