import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OSS from "ali-oss";
import { defaultAccount, startEmulator } from "../../emulator";
import { useEmulator } from "../support/emulator";

const bucket = "media-assets-1";
const secret = "a-secret";
const accounts = [
  { accessKeyId: "active", accessKeySecret: secret },
  { accessKeyId: "inactive", accessKeySecret: secret, status: "inactive" },
  { accessKeyId: "arrears", accessKeySecret: secret, status: "arrears" },
  { accessKeyId: "STS.valid", accessKeySecret: secret, securityToken: "token" },
  { accessKeyId: "STS.expired", accessKeySecret: secret, securityToken: "old", expires: new Date(0) },
] as const;

for (const version of ["V1", "V4"] as const) {
  describe(`the emulator's object storage, used by ali-oss with OSS ${version}`, () => {
    let clock = () => new Date();
    const emulator = useEmulator({
      accounts,
      buckets: [{ name: "media-assets", physicalBucketName: bucket }],
      clock: () => clock(),
    });

    function client(change: Partial<OSS.Options> = {}): OSS {
      const options = {
        endpoint: `http://localhost:${emulator().port}`,
        sldEnable: true,
        region: "oss-cn-hangzhou",
        bucket,
        accessKeyId: "active",
        accessKeySecret: secret,
        authorizationV4: version === "V4",
        retryMax: 0,
        // Without it, ali-oss complains about every temporary key.
        refreshSTSToken: async () => ({ accessKeyId: "", accessKeySecret: "", stsToken: "" }),
        ...change,
      };
      return new OSS(options as OSS.Options);
    }

    afterEach(() => {
      clock = () => new Date();
    });

    for (const key of [
      "plain.txt",
      "a folder/with space.txt",
      "ünï/编.txt",
      "1234+-/%41&=?.txt",
      "deep/er/est",
    ]) {
      it(`stores, gives back and deletes ${JSON.stringify(key)}`, async () => {
        const body = randomBytes(1000);
        await client().put(key, body, {
          meta: { from: "test" } as unknown as OSS.UserMeta,
          mime: "text/x-test",
        });
        const { content, res } = await client().get(key);
        assert.deepEqual(content, body);
        assert.equal((res.headers as Record<string, string>)["content-type"], "text/x-test");
        const head = await client().head(key);
        assert.equal((head.meta as unknown as { from: string }).from, "test");
        await client().delete(key);
        await assert.rejects(client().get(key), { code: "NoSuchKey", status: 404 });
      });
    }

    it("gives a range", async () => {
      await client().put("range", Buffer.from("0123456789"));
      const { content } = await client().get("range", { headers: { Range: "bytes=2-4" } });
      assert.equal(String(content), "234");
    });

    it("lists by prefix, delimiter and page, and deletes many at once", async () => {
      for (const key of ["l/a", "l/b", "l/c/1", "l/c/2", "m"]) await client().put(key, Buffer.from(key));
      const listed = await client().list({ prefix: "l/", delimiter: "/", "max-keys": 10 }, {});
      assert.deepEqual(
        listed.objects.map(({ name }) => name),
        ["l/a", "l/b"],
      );
      assert.deepEqual(listed.prefixes, ["l/c/"]);
      const first = await client().listV2({ prefix: "l/", "max-keys": "3" }, {});
      assert.equal(first.isTruncated, true);
      const continuation = (first as unknown as { nextContinuationToken: string }).nextContinuationToken;
      const second = await client().listV2({ prefix: "l/", "continuation-token": continuation }, {});
      assert.deepEqual(
        [...first.objects, ...second.objects].map(({ name }) => name),
        ["l/a", "l/b", "l/c/1", "l/c/2"],
      );
      await client().deleteMulti(["l/a", "l/b", "l/c/1", "l/c/2", "m"]);
      assert.equal(
        (await client().list({ "max-keys": 10 }, {})).objects?.some(({ name }) => name === "m") ?? false,
        false,
      );
    });

    it("takes an upload in parts, and forgets one that is aborted", async () => {
      const body = randomBytes(300 * 1024);
      await client().multipartUpload("parts", body, { partSize: 100 * 1024 });
      assert.deepEqual((await client().get("parts")).content, body);
      const { uploadId } = await client().initMultipartUpload("aborted");
      await client().uploadPart("aborted", uploadId, 1, body as unknown as File, 0, 1024);
      const parts = { "max-parts": 10, "part-number-marker": 0, "encoding-type": "url" } as const;
      const listed = (await client().listParts("aborted", uploadId, parts, {})) as unknown as {
        parts: unknown;
      };
      assert.equal([listed.parts].flat().length, 1);
      assert.equal((await client().listUploads({ "max-uploads": 10 }, {})).uploads.length, 1);
      await client().abortMultipartUpload("aborted", uploadId);
      await assert.rejects(client().listParts("aborted", uploadId, parts, {}), { code: "NoSuchUpload" });
    });

    function presign(
      key: string,
      seconds: number,
      method: "GET" | "PUT" = "GET",
      change = {},
    ): Promise<string> {
      const made = client(change);
      return version === "V1"
        ? Promise.resolve(made.signatureUrl(key, { expires: seconds, method }))
        : (made as unknown as { signatureUrlV4(...parts: unknown[]): Promise<string> }).signatureUrlV4(
            method,
            seconds,
            undefined,
            key,
          );
    }

    it("honours presigned URLs, until they expire or are changed", async () => {
      const put = await fetch(await presign("signed key", 60, "PUT"), {
        method: "PUT",
        body: Buffer.from("hello"),
      });
      assert.equal(put.status, 200, await put.text());
      const url = await presign("signed key", 60);
      assert.equal(await (await fetch(url)).text(), "hello");
      const temporary = await presign("signed key", 60, "GET", {
        accessKeyId: "STS.valid",
        stsToken: "token",
      });
      assert.equal(await (await fetch(temporary)).text(), "hello");
      assert.match(await (await fetch(url.replace("signed", "other"))).text(), /SignatureDoesNotMatch/);
      clock = () => new Date(Date.now() + 61_000);
      const late = await fetch(url);
      assert.equal(late.status, 403);
      assert.match(await late.text(), /AccessDenied.*Request has expired/s);
    });

    for (const [what, change, code, status] of [
      ["an unknown key", { accessKeyId: "nobody" }, "InvalidAccessKeyId", 403],
      ["a disabled key", { accessKeyId: "inactive" }, "InvalidAccessKeyId", 403],
      ["a wrong secret", { accessKeySecret: "guess" }, "SignatureDoesNotMatch", 403],
      ["a wrong token", { accessKeyId: "STS.valid", stsToken: "x" }, "InvalidSecurityToken", 403],
      ["an expired token", { accessKeyId: "STS.expired", stsToken: "old" }, "SecurityTokenExpired", 403],
      ["an account in arrears", { accessKeyId: "arrears" }, "UserDisable", 403],
      ["a bucket that is not there", { bucket: "media-nowhere" }, "NoSuchBucket", 404],
    ] as const) {
      it(`refuses ${what} with ${code}`, () =>
        assert.rejects(client(change).put("x", Buffer.from("x")), { code, status }));
    }

    it("takes temporary keys with their token", async () => {
      await client({ accessKeyId: "STS.valid", stsToken: "token" }).put("x", Buffer.from("x"));
    });

    it("refuses a clock that is off with RequestTimeTooSkewed", async () => {
      clock = () => new Date(Date.now() + 16 * 60_000);
      const url = `http://localhost:${emulator().port}/${bucket}/x`;
      assert.equal((await fetch(url)).status, 403);
      // ali-oss corrects its clock by the answer's Date and tries again; without retries it fails.
      await assert.rejects(client().get("x"), { code: "RequestTimeTooSkewed" });
    });

    it("refuses a body that is not the one announced with InvalidDigest", () =>
      assert.rejects(
        client().put("x", Buffer.from("x"), { headers: { "Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg==" } }),
        {
          code: "InvalidDigest",
        },
      ));
  });
}

describe("the emulator's object storage", () => {
  const emulator = useEmulator({ buckets: [{ name: "media-assets", physicalBucketName: bucket }] });

  it("refuses a request without signature with AccessDenied", async () => {
    const response = await fetch(`${emulator().url}/${bucket}/x`);
    assert.equal(response.status, 403);
    assert.match(await response.text(), /<Code>AccessDenied<\/Code>/);
  });

  it("takes the bucket from the host when that is not the emulator's own", async () => {
    // With an IP endpoint ali-oss sends `Host: <bucket>.oss-cn-hangzhou.aliyuncs.com`.
    const client = new OSS({ endpoint: emulator().url, bucket, ...defaultAccount });
    await client.put("by-host", Buffer.from("x"));
    assert.equal(String((await client.get("by-host")).content), "x");
  });

  it("takes the latency for each answer, as ENS does", async () => {
    const latencyMs = 200;
    const slow = await startEmulator({ latencyMs });
    try {
      const began = performance.now();
      await fetch(`${slow.url}/${bucket}/x`);
      // Timers can be early, by less than 1 ms.
      assert.ok(performance.now() - began > latencyMs - 1);
    } finally {
      await slow.stop();
    }
  });

  it("keeps objects in a folder where they outlive it", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "ens-objects-"));
    try {
      const key = "a folder/a key: that is no | file name?";
      for (const action of ["put", "get"] as const) {
        const other = await startEmulator({
          dataDir,
          buckets: [{ name: "media-assets", physicalBucketName: bucket }],
        });
        const client = new OSS({
          endpoint: `http://localhost:${other.port}`,
          bucket,
          ...defaultAccount,
          sldEnable: true,
        } as OSS.Options);
        if (action === "put") await client.put(key, Buffer.from("kept"));
        else assert.equal(String((await client.get(key)).content), "kept");
        await other.stop();
      }
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
