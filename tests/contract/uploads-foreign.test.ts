import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { defaultAccount } from "../../emulator";
import { fitsXml } from "../../provider/eos/actions/delete-objects";
import { putObject } from "../../provider/eos/actions/put-object";
import { bytesContent } from "../../provider/eos/content";
import { uploadObject } from "../../provider/eos/upload-object";
import { useEmulator } from "../support/emulator";
import { checkout } from "../support/paths";
import { pythonEnvironment } from "../support/python-environment";
import { oddKeys, storageClient } from "../support/storage-client";
import { StorageContent } from "../support/storage-content";

const run = promisify(execFile);

const bucketName = "media-assets";
const physicalBucketName = "media-assets-1";

describe("what was uploaded", () => {
  const emulator = useEmulator({ buckets: [{ name: bucketName, physicalBucketName }] });
  const place = () => ({ bucketName, physicalBucketName, endpoint: emulator().objectEndpoint });
  const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

  // Clients that list without the form of keys that URLs have cannot read what XML has no form for, or reads as another.
  const keys = oddKeys.filter((key) => fitsXml(key) && !key.includes("\r"));
  /** Clients ask by URLs, in which others mean something else. */
  const isPlain = (key: string) => !key.startsWith("/") && !key.split("/").includes("..");
  const contentOf = (key: string) => Buffer.from(`the content of ${key}`);
  const large = Buffer.alloc(2_500_000, "a large one ");
  const headers = { contentType: "text/x-test", metadata: { author: "Zoe", "build-id": "7" } };

  before(async () => {
    const client = storageClient();
    for (const key of keys) {
      await client.call(putObject, { ...place(), key, content: bytesContent(contentOf(key)), ...headers });
    }
    const request = { ...place(), key: "large", content: bytesContent(large), ...headers };
    const shown = (value: string) => value;
    await uploadObject(client, request, { shown, largestPut: 1_000_000, partSize: 1_000_000 });
  });

  it("is read by ali-oss", async () => {
    const storage = new StorageContent(emulator(), physicalBucketName);
    for (const key of [...keys.filter(isPlain), "large"]) {
      const { content, headers: kept } = await storage.read(key);
      assert.equal(md5(content), md5(key === "large" ? large : contentOf(key)), JSON.stringify(key));
      assert.equal(kept["content-type"], "text/x-test");
      assert.deepEqual([kept["x-oss-meta-author"], kept["x-oss-meta-build-id"]], ["Zoe", "7"]);
    }
  });

  it("is read by oss2", async function () {
    this.timeout(300_000);
    const environment = await pythonEnvironment("oss2.txt", "the vendor's Python SDK for objects");
    if ("lacks" in environment) {
      console.log(`      skipped, it needs ${environment.lacks}`);
      return this.skip();
    }
    const { accessKeyId, accessKeySecret } = defaultAccount;
    const script = join(checkout, "tests", "support", "python", "oss2_read.py");
    const where = [`http://${emulator().objectEndpoint}`, physicalBucketName];
    const { stdout } = await run(environment.python, [script, ...where, accessKeyId, accessKeySecret]);
    const read = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(read.map(({ key }) => key).sort(), [...keys, "large"].sort());
    for (const { key, etag, md5: digest, type, meta } of read) {
      const expected = md5(key === "large" ? large : contentOf(key));
      if (key !== "large") assert.equal(etag.toLowerCase(), expected, JSON.stringify(key));
      if (!key.split("/").includes("..")) {
        assert.deepEqual(
          [digest, type, meta],
          [expected, "text/x-test", headers.metadata],
          JSON.stringify(key),
        );
      }
    }
  });
});

describe("a large file", () => {
  const emulator = useEmulator({ buckets: [{ name: bucketName, physicalBucketName }] });
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ens-upload-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is not held in memory", async () => {
    const path = join(folder, "sparse");
    closeSync(openSync(path, "w"));
    truncateSync(path, 300 * 1024 ** 2);
    const script = join("tests", "support", "upload-a-file.ts");
    const args = ["-r", "ts-node/register/transpile-only", script, bucketName, path, "large"];
    const { PATH = "", HOME = "" } = process.env;
    const { stdout } = await run(process.execPath, args, {
      cwd: checkout,
      env: { PATH, HOME, ...emulator().environment },
    });
    const { etag, grewByMegabytes, failed } = JSON.parse(stdout);
    assert.equal(failed, undefined);
    assert.match(etag, /-30$/);
    console.log(`      memory grew by ${grewByMegabytes.toFixed(0)} MB`);
    assert.ok(grewByMegabytes < 60, `${grewByMegabytes} MB`);
  });
});
