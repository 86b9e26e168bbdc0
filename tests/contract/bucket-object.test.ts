import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemTiming } from "../../provider/ens/retry/timing";
import { deleteObject } from "../../provider/eos/actions/delete-object";
import { headObject } from "../../provider/eos/actions/head-object";
import { putObject } from "../../provider/eos/actions/put-object";
import { bytesContent } from "../../provider/eos/content";
import { claim } from "../../provider/lifecycle/claim";
import { bucketObject } from "../../provider/resources/bucket-object/lifecycle";
import type { BucketObjectInputs } from "../../provider/resources/bucket-object/properties";
import type { BucketCall } from "../support/bucket-call";
import { bucketCall } from "../support/bucket-call";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { storageClient } from "../support/storage-client";

const bucketName = "media-assets";
const key = "pages/über uns.html";
const object = { bucketName, key, content: "<h1>Hi</h1>" };

describe("the lifecycle of BucketObject", () => {
  const emulator = useEmulator();
  let folder: string;
  let server: Server;
  let url: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "objects-"));
    server = createServer((request, response) => {
      if (request.url === "/moved") response.writeHead(302, { location: "/there?token=abc" }).end();
      else if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
      else if (request.url === "/stuck") response.write("the first of it");
      else if (request.url === "/there?token=abc") response.end("from afar");
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    emulator().addBucket({ name: bucketName, physicalBucketName: `media-assets-${Date.now()}` });
    emulator().clearRequests();
  });
  afterEach(() => emulator().clearFaults());
  after(() => {
    rmSync(folder, { recursive: true });
    server.closeAllConnections();
    server.close();
  });

  const place = () => {
    const physicalBucketName = emulator().buckets.get(bucketName)?.physicalBucketName ?? "";
    return { bucketName, physicalBucketName, endpoint: emulator().objectEndpoint };
  };
  const there = () => storageClient().call(headObject, { ...place(), key });
  const call = (settings?: Readonly<Record<string, string>>) => bucketCall(emulator(), settings);
  const create = (inputs: BucketObjectInputs, by = call()) => bucketObject.create(inputs, by);
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const file = (content: string) => {
    const path = join(folder, "file");
    writeFileSync(path, content);
    return path;
  };
  const isDeleted = (inputs: BucketObjectInputs, by: BucketCall) => bucketObject.delete?.(inputs, by);

  it("puts a text with its headers, and reads it as it is", async () => {
    const inputs = { ...object, cacheControl: "no-cache", metadata: { Owner: "web" } };
    const { id, state } = await create(inputs);
    assert.equal(id, `${bucketName}/${key}`);
    assert.deepEqual(state, {
      ...inputs,
      contentType: "text/html; charset=utf-8",
      typeFromKey: true,
      etag: md5(object.content),
      size: 11,
    });
    const found = await there();
    assert.deepEqual(
      [found?.etag, found?.contentType, found?.cacheControl, found?.metadata],
      [md5(object.content), "text/html; charset=utf-8", "no-cache", { owner: "web" }],
    );
    emulator().clearRequests();
    const read = await bucketObject.read(id, state, call());
    assert.ok(read !== "gone" && read.state === state);
    assert.deepEqual(
      emulator().requests.map(({ action }) => action),
      ["PrepareUpload", "HEAD"],
    );
  });

  it("puts an object of 0 bytes", async () => {
    const { state } = await create({ ...object, content: "" });
    assert.deepEqual([state.size, (await there())?.size], [0, 0]);
  });

  it("puts a file, and keeps the hash of it alone", async () => {
    const { state } = await create({ bucketName, key, source: { hash: "f00d", path: file("of a file") } });
    assert.deepEqual([state.sourceHash, state.etag, "source" in state], ["f00d", md5("of a file"), false]);
  });

  it("puts what a URL leads to, and leaves no copy", async () => {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = mkdtempSync(join(folder, "temporary-"));
    try {
      const { state } = await create({ bucketName, key, source: { hash: "1", uri: `${url}/moved` } });
      assert.equal(state.etag, md5("from afar"));
      assert.deepEqual(readdirSync(process.env.TMPDIR), []);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });

  it("puts what a URL of a file names", async () => {
    const uri = `file://${file("of a file")}`;
    assert.equal((await create({ bucketName, key, source: { uri } })).state.etag, md5("of a file"));
  });

  const unreadable: Readonly<Record<string, RegExp>> = {
    "/none?token=abc": /^http:\/\/127\.0\.0\.1:\d+\/none could not be read: status 404\.\sCheck the source/,
    "/loop": /it leads on more than 5 times/,
    "/stuck": /nothing came for 1 s/,
  };
  for (const [path, message] of Object.entries(unreadable)) {
    it(`says why a URL cannot be read: ${path}`, async () => {
      const inputs = { bucketName, key, source: { uri: `${url}${path}` } };
      const error = await failing(create(inputs, call({ clientReadTimeout: "1000" })));
      assert.match(error.message, message);
      assert.equal(await there(), undefined);
    });
  }

  it("names a file that is gone since it was looked at, and where it was", async () => {
    const path = join(folder, "gone");
    const error = await failing(create({ bucketName, key, source: { path } }));
    const expected = `source "${path}" cannot be an object: there is no file "${path}" any more.\n`;
    assert.equal(error.message.split("Give another")[0], expected);
  });

  it("refuses a folder", async () => {
    const error = await failing(create({ bucketName, key, source: { path: folder } }));
    assert.match(error.message, /cannot be an object: it is not a file\.\n/);
  });

  it("update puts another content and other headers", async () => {
    const { id, state } = await create({ ...object, cacheControl: "no-cache" });
    const after = await bucketObject.update(id, state, { ...object, content: "other" }, call());
    assert.deepEqual([after.etag, after.cacheControl], [md5("other"), undefined]);
    const found = await there();
    assert.deepEqual([found?.etag, found?.cacheControl], [md5("other"), undefined]);
  });

  it("read sees another content, which the next update repairs", async () => {
    const { id, state } = await create(object);
    await storageClient().call(putObject, { ...place(), key, content: bytesContent(Buffer.from("theirs")) });
    const read = await bucketObject.read(id, state, call());
    assert.ok(read !== "gone");
    assert.deepEqual(read.moved, ["contentType", "etag", "size"]);
    const tools = {
      secrets: new Set<string>(),
      secretsBefore: new Set<string>(),
      ignored: new Set<string>(),
      shown: String,
      tell: () => {},
    };
    assert.deepEqual(bucketObject.diff({ ...read.state }, object, tools).changed, ["contentType", "etag"]);
    // It is told once.
    const again = await bucketObject.read(id, read.state, call());
    assert.ok(again !== "gone" && again.state === read.state);
    assert.deepEqual(await bucketObject.update(id, read.state, object, call()), state);
  });

  it("read sees other headers under the same content", async () => {
    const { id, state } = await create({ ...object, cacheControl: "no-cache", metadata: { Owner: "web" } });
    const content = bytesContent(Buffer.from(object.content));
    await storageClient().call(putObject, {
      ...place(),
      key,
      content,
      contentType: state.contentType,
      metadata: { owner: "they" },
    });
    const read = await bucketObject.read(id, state, call());
    assert.ok(read !== "gone");
    assert.deepEqual(read.moved, ["cacheControl", "metadata"]);
    assert.deepEqual([read.state.metadata, read.state.overwritten], [{ Owner: "they" }, undefined]);
  });

  it("read: an object that others deleted is gone, and so are those of a bucket that is", async () => {
    const { id, state } = await create(object);
    await storageClient().call(deleteObject, { ...place(), key });
    assert.equal(await bucketObject.read(id, state, call()), "gone");
    emulator().removeBucket(bucketName);
    assert.equal(await bucketObject.read(id, state, call()), "gone");
  });

  it("deletes the object, and takes one that is gone already, or its bucket, for success", async () => {
    await create(object);
    await isDeleted(object, call());
    assert.equal(await there(), undefined);
    await isDeleted(object, call());
    emulator().removeBucket(bucketName);
    await isDeleted(object, call());
  });

  it("keeps what another resource of the program puts under the same key", async () => {
    const by = call();
    await create(object, by);
    claim(by.deployment, `${bucketName}/${object.key}`, 'BucketObject "renamed"');
    await isDeleted(object, by);
    assert.equal((await there())?.etag, md5(object.content));
  });

  it("says what the storage refuses, without what is a secret", async () => {
    emulator().fail({ service: "oss", method: "PUT", kind: "error", code: "AccessDenied", status: 403 });
    const error = await failing(create(object));
    assert.match(error.message, /^PutObject for object "pages\/über uns\.html" of bucket "media-assets"/);
    assert.match(error.message, /AccessDenied/);
    assert.doesNotMatch(error.message, /<h1>/);
  });

  it("waits until the storage knows a new bucket, with a line, and not for one that there is not", async () => {
    emulator().fail({
      service: "oss",
      method: "PUT",
      kind: "error",
      code: "NoSuchBucket",
      status: 404,
      times: 2,
    });
    const sleep = (milliseconds: number, until?: AbortSignal) => systemTiming.sleep(milliseconds / 20, until);
    const by = { ...call(), timing: { ...systemTiming, sleep } };
    const { state } = await create(object, by);
    assert.equal(state.etag, md5(object.content));
    assert.equal(by.lines.length, 2);
    assert.match(
      by.lines[0] ?? "",
      /^bucket "media-assets": the object storage does not know it yet; a new bucket needs/,
    );

    emulator().removeBucket(bucketName);
    const error = await failing(create(object));
    assert.match(error.message, /^PrepareUpload .* NoSuchBucket/);
  });

  it("streams a file that is large", async () => {
    const path = file("");
    truncateSync(path, 20_000_000);
    const { state } = await create({ bucketName, key, source: { path } });
    assert.deepEqual([state.size, (await there())?.size], [20_000_000, 20_000_000]);
  });
});
