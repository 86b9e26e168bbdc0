import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OSS from "ali-oss";
import type { Emulator, EmulatorOptions } from "../../emulator";
import { defaultAccount, startEmulator } from "../../emulator";

const physicalBucketName = "media-assets-1";
const buckets = [{ name: "media-assets", physicalBucketName }];

describe("large objects in the emulator", () => {
  let emulator: Emulator;
  const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith("ens-emulator-"));
  let before: readonly string[];
  const ours = () => spools().filter((name) => !before.includes(name));
  const start = async (options: EmulatorOptions = {}) => {
    before = spools();
    emulator = await startEmulator({ buckets, ...options });
  };
  afterEach(() => emulator.stop());

  const client = () =>
    new OSS({
      ...defaultAccount,
      endpoint: `http://localhost:${emulator.port}`,
      sldEnable: true,
      bucket: physicalBucketName,
    } as OSS.Options);
  const large = Buffer.alloc(3_000_000, "a large object ");
  const filesKept = () => {
    const [folder] = ours();
    return folder === undefined ? 0 : readdirSync(join(tmpdir(), folder)).length;
  };

  it("are kept in a temporary folder, which goes with the emulator", async () => {
    await start();
    await client().put("small", Buffer.alloc(1024 * 1024));
    assert.deepEqual(ours(), []);
    await client().put("large", large);
    const [folder = ""] = ours();
    assert.equal(filesKept(), 1);
    assert.deepEqual((await client().get("large")).content, large);
    const part = await client().get("large", undefined, { headers: { Range: "bytes=10-19" } });
    assert.deepEqual(part.content, large.subarray(10, 20));
    await emulator.stop();
    assert.ok(!existsSync(join(tmpdir(), folder)));
  });

  it("are gone from it when they are deleted, replaced or refused", async () => {
    await start();
    await client().put("large", large);
    await client().put("large", large);
    assert.equal(filesKept(), 1);
    await client().copy("copy", "large");
    assert.equal(filesKept(), 2);
    await client().delete("large");
    assert.deepEqual((await client().get("copy")).content, large);
    await assert.rejects(
      client().put("bad", large, { headers: { "Content-MD5": "AAAAAAAAAAAAAAAAAAAAAA==" } }),
    );
    await client().put("copy", Buffer.from("small"));
    assert.equal(filesKept(), 0);
  });

  it("are gone from it when the client goes in the middle of them", async () => {
    await start();
    await new Promise<void>((resolve) => {
      const socket = connect(emulator.port, "127.0.0.1", () => {
        const head = [`PUT /${physicalBucketName}/x HTTP/1.1`, `Host: localhost:${emulator.port}`];
        socket.write([...head, "Content-Length: 9000000", "", ""].join("\r\n"));
        socket.write(large, () => setTimeout(() => socket.destroy(), 100));
      });
      socket.on("close", () => resolve());
    });
    while (filesKept() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(ours().length, 1);
  });

  it("are put together of parts, and give back what was not used", async () => {
    await start();
    const { uploadId } = await client().initMultipartUpload("large");
    const parts = [];
    for (const number of [1, 2, 3]) {
      const { etag } = await client().uploadPart("large", uploadId, number, large, 0, large.length);
      parts.push({ number, etag });
    }
    assert.equal(filesKept(), 3);
    await client().completeMultipartUpload("large", uploadId, parts.slice(0, 2));
    assert.equal(filesKept(), 2);
    assert.deepEqual((await client().get("large")).content, Buffer.concat([large, large]));
    const range = await client().get("large", undefined, { headers: { Range: "bytes=2999990-3000009" } });
    assert.deepEqual(range.content, Buffer.concat([large, large]).subarray(2_999_990, 3_000_010));
    const other = await client().initMultipartUpload("other");
    await client().uploadPart("other", other.uploadId, 1, large, 0, large.length);
    await client().abortMultipartUpload("other", other.uploadId);
    assert.equal(filesKept(), 2);
  });

  it("outlive it in a folder that it is given", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "ens-objects-"));
    try {
      await start({ dataDir });
      await client().put("large", large);
      assert.equal(filesKept(), 0);
      await emulator.stop();
      await start({ dataDir });
      const { content, res } = await client().get("large");
      assert.deepEqual(content, large);
      const etag = createHash("md5").update(large).digest("hex").toUpperCase();
      assert.equal((res.headers as Record<string, string>).etag, `"${etag}"`);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it("fail for one key alone, where a fault says so, also by its control API", async () => {
    await start();
    const fault = { service: "oss", key: "b", kind: "error", code: "AccessDenied", status: 403 };
    const answer = await fetch(`${emulator.url}/_emulator/faults`, {
      method: "POST",
      body: JSON.stringify(fault),
    });
    assert.ok(answer.ok, await answer.text());
    await client().put("a", large);
    await assert.rejects(client().put("b", large), { code: "AccessDenied" });
    await client().put("b", large);
    assert.deepEqual(
      emulator.requests.map(({ key, status }) => `${key} ${status}`),
      ["a 200", "b 403", "b 200"],
    );
  });
});
