import assert from "node:assert/strict";
import { Readable } from "node:stream";
import OSS from "ali-oss";
import { useEmulator } from "../support/emulator";

const bucket = "media-assets-1";
const account = { accessKeyId: "active", accessKeySecret: "a-secret" };

/** What ali-oss 6.23.0 has and its types do not. */
interface Untyped {
  signatureUrlV4(method: string, seconds: number, request: object | undefined, key: string): Promise<string>;
  putStream(name: string, stream: Readable): Promise<unknown>;
  putACL(name: string, acl: string): Promise<unknown>;
  putObjectTagging(name: string, tags: Record<string, string>): Promise<unknown>;
  getObjectMeta(name: string): Promise<{ readonly status: number }>;
  uploadPartCopy(
    name: string,
    uploadId: string,
    part: number,
    range: string,
    source: object,
  ): Promise<unknown>;
}

for (const version of ["V1", "V4"] as const) {
  describe(`what ali-oss with OSS ${version} may ask of the emulator`, () => {
    const emulator = useEmulator({
      accounts: [account],
      buckets: [{ name: "media-assets", physicalBucketName: bucket }],
    });

    function client(): OSS & Untyped {
      const options = {
        endpoint: `http://localhost:${emulator().port}`,
        sldEnable: true,
        region: "oss-cn-hangzhou",
        bucket,
        ...account,
        authorizationV4: version === "V4",
        retryMax: 0,
      };
      return new OSS(options as OSS.Options) as OSS & Untyped;
    }

    function presign(key: string, response: Readonly<Record<string, string>>): Promise<string> {
      if (version === "V1") return Promise.resolve(client().signatureUrl(key, { expires: 60, response }));
      const queries = Object.fromEntries(
        Object.entries(response).map(([name, value]) => [`response-${name}`, value]),
      );
      return client().signatureUrlV4("GET", 60, { queries }, key);
    }

    it("takes a stream", async () => {
      await client().putStream("stream", Readable.from([Buffer.from("abc"), Buffer.from("def")]));
      assert.equal(String((await client().get("stream")).content), "abcdef");
    });

    it("leaves the object as it was when asked for what it does not know", async () => {
      const refused = { code: "NotImplemented", status: 501 };
      await client().put("precious", Buffer.from("body"));
      await assert.rejects(client().putACL("precious", "public-read"), refused);
      await assert.rejects(client().putObjectTagging("precious", { a: "b" }), refused);
      await assert.rejects(client().getACL("precious"), refused);
      await assert.rejects(client().get("precious", { process: "image/resize,w_1" }), refused);
      assert.equal(String((await client().get("precious")).content), "body");
    });

    it("does not take a copied part for an empty one", async () => {
      await client().put("source", Buffer.from("body"));
      const { uploadId } = await client().initMultipartUpload("parts");
      const source = { sourceKey: "source", sourceBucketName: bucket };
      await assert.rejects(client().uploadPartCopy("parts", uploadId, 1, "0-3", source), {
        code: "NotImplemented",
      });
      await client().abortMultipartUpload("parts", uploadId);
    });

    it("deletes keys that XML has to escape, or that begin or end with a space", async () => {
      const keys = [" a space ", "a&b<c>\"'", "123", "&amp;"];
      for (const key of keys) await client().put(key, Buffer.from("x"));
      const { deleted } = await client().deleteMulti(keys);
      assert.deepEqual(
        deleted?.map((one) => (one as unknown as { Key: string }).Key),
        keys,
      );
      for (const key of keys) await assert.rejects(client().head(key), { code: "NoSuchKey" });
    });

    it("gives an object with the headers that a presigned URL asks for", async () => {
      await client().put("download", Buffer.from("body"));
      const url = await presign("download", {
        "content-type": "text/x-other",
        "content-encoding": "identity",
        "content-disposition": "attachment; filename=编.txt",
      });
      const response = await fetch(url);
      assert.equal(response.status, 200, await response.clone().text());
      assert.equal(response.headers.get("content-type"), "text/x-other");
      assert.equal(response.headers.get("content-encoding"), "identity");
      const disposition = Buffer.from(response.headers.get("content-disposition") ?? "", "latin1");
      assert.equal(disposition.toString("utf8"), "attachment; filename=编.txt");
      assert.equal(await response.text(), "body");
    });

    it("refuses to put a line break into a header of the answer", async () => {
      await client().put("download", Buffer.from("body"));
      const response = await fetch(await presign("download", { "content-type": "a\r\nb: c" }));
      assert.equal(response.status, 400);
      assert.match(await response.text(), /<Code>InvalidArgument<\/Code>/);
    });

    it("answers HEAD and GET by the condition in their headers", async () => {
      await client().put("condition", Buffer.from("body"));
      const head = (headers: object) => client().head("condition", { headers });
      const { etag } = (await head({})).res.headers as { readonly etag: string };
      const [past, future] = [-60_000, 60_000].map((ms) => new Date(Date.now() + ms).toUTCString());
      assert.equal((await head({ "If-Modified-Since": future })).status, 304);
      assert.equal((await head({ "If-Modified-Since": past })).status, 200);
      assert.equal((await head({ "If-None-Match": etag })).status, 304);
      assert.equal((await head({ "If-None-Match": '"OTHER"', "If-Modified-Since": future })).status, 200);
      const refused = { code: "PreconditionFailed", status: 412 };
      const get = (headers: object) => client().get("condition", { headers });
      await assert.rejects(get({ "If-Match": '"OTHER"' }), refused);
      await assert.rejects(get({ "If-Unmodified-Since": past }), refused);
      const whole = await get({ "If-Match": etag, "If-Unmodified-Since": future });
      assert.equal(String(whole.content), "body");
    });

    it("keeps what is there when told not to overwrite it", async () => {
      const once = { headers: { "x-oss-forbid-overwrite": "true" } };
      await client().put("once", Buffer.from("first"), once);
      const refused = { code: "FileAlreadyExists", status: 409 };
      await assert.rejects(client().put("once", Buffer.from("second"), once), refused);
      await assert.rejects(client().initMultipartUpload("once", once), refused);
      assert.equal(String((await client().get("once")).content), "first");
    });

    it("copies objects, from buckets that are there", async () => {
      await client().put("from here", Buffer.from("body"), { mime: "text/x-test" });
      await client().copy("to there", "from here");
      const { content, res } = await client().get("to there");
      assert.equal(String(content), "body");
      assert.equal((res.headers as Record<string, string>)["content-type"], "text/x-test");
      await assert.rejects(client().copy("to there", "nowhere"), { code: "NoSuchKey" });
      await assert.rejects(client().copy("to there", "/media-nowhere/x"), { code: "NoSuchBucket" });
    });

    it("tells size and ETag alone", async () => {
      await client().put("meta", Buffer.from("body"));
      assert.equal((await client().getObjectMeta("meta")).status, 200);
    });

    it("lists parts and uploads by prefix and page", async () => {
      const uploads = [];
      for (const key of ["paged/a", "paged/b", "paged/b", "other"]) {
        uploads.push(await client().initMultipartUpload(key));
      }
      const first = uploads[0]?.uploadId ?? "";
      for (const number of [1, 2, 3]) {
        await client().uploadPart("paged/a", first, number, Buffer.alloc(10) as unknown as File, 0, 10);
      }
      const numbers: unknown[] = [];
      let marker = 0;
      for (let truncated = true; truncated; ) {
        const page = (await client().listParts(
          "paged/a",
          first,
          { "max-parts": 2, "part-number-marker": marker } as unknown as OSS.ListPartsQuery,
          {},
        )) as unknown as { parts: unknown; isTruncated: string; nextPartNumberMarker: string };
        numbers.push(...[page.parts].flat().map((part) => (part as { PartNumber: string }).PartNumber));
        marker = Number(page.nextPartNumberMarker);
        truncated = page.isTruncated === "true";
      }
      assert.deepEqual(numbers, ["1", "2", "3"]);

      const names: string[] = [];
      let after = {};
      for (let truncated = true; truncated; ) {
        const page = await client().listUploads({ prefix: "paged/", "max-uploads": 1, ...after }, {});
        names.push(...page.uploads.map(({ name }) => name));
        after = { "key-marker": page.nextKeyMarker, "upload-id-marker": page.nextUploadIdMarker };
        truncated = page.isTruncated;
      }
      assert.deepEqual(names, ["paged/a", "paged/b", "paged/b"]);
    });
  });
}
