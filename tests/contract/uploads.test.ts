import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import type { EmulatorFault } from "../../emulator";
import { putBucket } from "../../provider/ens/actions/put-bucket";
import { ApiError, CancelledError, ConnectionError, EnsError } from "../../provider/ens/errors";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { abortUpload } from "../../provider/eos/actions/abort-upload";
import { beginUpload } from "../../provider/eos/actions/begin-upload";
import { headObject } from "../../provider/eos/actions/head-object";
import { listObjects } from "../../provider/eos/actions/list-objects";
import { listUploads } from "../../provider/eos/actions/list-uploads";
import { putObject } from "../../provider/eos/actions/put-object";
import { uploadPart } from "../../provider/eos/actions/upload-part";
import type { ByteRange, Content } from "../../provider/eos/content";
import { bytesContent } from "../../provider/eos/content";
import type { ObjectStorage } from "../../provider/eos/object-storage";
import type { BucketPlace } from "../../provider/eos/storage-action";
import { uploadObject } from "../../provider/eos/upload-object";
import { fileContent } from "../../provider/files/file-content";
import { shortMd5 } from "../../provider/files/md5";
import { untilBucketIsKnown } from "../../provider/lifecycle/until-bucket-is-known";
import { bucketCall } from "../support/bucket-call";
import { assertNoCanary, canaries } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { startSlowFront } from "../support/slow-front";
import { fixedKeys, oddKeys, storageClient } from "../support/storage-client";
import { StorageContent } from "../support/storage-content";

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

  type OfStorage<Fault> = Fault extends unknown ? Omit<Fault, "service"> : never;
  const fail = (fault: OfStorage<EmulatorFault>) => emulator().fail({ ...fault, service: "oss" });
  const seen = () =>
    emulator().requests.map(({ action, status, code = "" }) => `${action} ${status} ${code}`.trim());
  const open = { shown: (value: string) => value };
  const inParts = { ...open, largestPut: 1_000_000, partSize: 1_000_000 };
  const put = (key: string, content: Content, client = storageClient()) =>
    client.call(putObject, { ...place(), key, content });
  const stored = async (key: string) =>
    (await new StorageContent(emulator(), physicalBucketName).read(key)).content;
  const bytesOf = (length: number) => {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; at += 4)
      bytes.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, Math.min(at, length - 4));
    return bytes;
  };

  for (const [what, fault] of [
    ["a reset in the middle of the body", { kind: "reset", afterBytes: 300_000 }],
    ["a reset after the body", { kind: "reset" }],
    ["an answer that was lost", { kind: "lostAnswer" }],
    ["a 503", { kind: "error", code: "ServiceUnavailable", status: 503 }],
    ["a body that waits for too long", { kind: "error", code: "RequestTimeout", status: 400 }],
    ["throttling", { kind: "error", code: "TotalQpsLimitExceeded", status: 503 }],
    ["a line that stands still", { kind: "hang", afterBytes: 300_000 }],
    ["an answer that does not come", { kind: "hang" }],
  ] as const satisfies readonly (readonly [string, OfStorage<EmulatorFault>])[]) {
    it(`sends all of an object again after ${what}`, async () => {
      const bytes = bytesOf(5_000_000);
      fail(fault);
      const { etag } = await put("a", bytesContent(bytes), storageClient({ timeoutMs: 700 }));
      assert.equal(etag, md5(bytes));
      assert.equal(emulator().requests.length, 2);
      assert.equal(md5(await stored("a")), etag);
    });
  }

  it("does not send again what the storage denies", async () => {
    fail({ kind: "error", code: "AccessDenied", status: 403, key: "secret/a" });
    await put("b", bytesContent(Buffer.from("b")));
    const error = await failing(put("secret/a", bytesContent(Buffer.from("a"))));
    assert.ok(ApiError.isInstance(error));
    assert.match(
      error.message,
      /^PutObject for object "secret\/a" of bucket "media-assets" at .* failed with AccessDenied/s,
    );
    assert.deepEqual(seen(), ["PUT 200", "PUT 403 AccessDenied"]);
  });

  it("takes an answer that comes before the body has been read", async () => {
    const xml = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => {});
      socket.once("data", () => {
        socket.pause();
        socket.write(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${xml.length}\r\n\r\n${xml}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const at = { ...place(), endpoint: `127.0.0.1:${port}` };
      const content = bytesContent(bytesOf(20_000_000));
      const error = await failing(storageClient().call(putObject, { ...at, key: "a", content }));
      assert.match(error.message, /failed with AccessDenied/);
      assert.equal(sockets.length, 1);
      // Nothing else could use the connection.
      const [socket] = sockets;
      if (socket?.closed === false) await once(socket.resume(), "close");
    } finally {
      server.close();
    }
  });

  it("keeps its connection where the storage answers before the content says that it is over", async () => {
    async function* lateEnd() {
      yield Buffer.from("all");
      await pause(100);
    }
    const content = { size: 3, open: () => Readable.from(lateEnd(), { objectMode: false }) };
    const client = storageClient();
    const before = emulator().connections;
    for (const key of ["a", "b", "c"]) await put(key, content, client);
    assert.equal(emulator().connections - before, 1);
  });

  it("does not end an upload that is slow and moves, and ends one that stands still", async () => {
    const slow = await startSlowFront(emulator().port, { bytes: 400_000, everyMs: 50 });
    try {
      const at = { ...place(), endpoint: `127.0.0.1:${slow.port}` };
      const bytes = bytesOf(20_000_000);
      const client = storageClient({ timeoutMs: 1000, budgetMs: 0 });
      const started = performance.now();
      await client.call(putObject, { ...at, key: "a", content: bytesContent(bytes) });
      assert.ok(performance.now() - started > 2000, "longer than an attempt may stand still");
      assert.equal(md5(await stored("a")), md5(bytes));
      fail({ kind: "hang", afterBytes: 1_000_000 });
      const error = await failing(put("b", bytesContent(bytes), client));
      assert.ok(ConnectionError.isInstance(error));
      assert.match(error.message, /^PutObject got no usable answer from .*: nothing could be sent for 1 s\./);
    } finally {
      slow.stop();
    }
  });

  it("counts the time for all attempts from the last that was sent", async () => {
    const slow = await startSlowFront(emulator().port, { bytes: 800_000, everyMs: 50 });
    try {
      const at = { ...place(), endpoint: `127.0.0.1:${slow.port}` };
      fail({ kind: "reset" });
      const client = storageClient({ budgetMs: 1500 });
      const bytes = bytesOf(20_000_000);
      await client.call(putObject, { ...at, key: "a", content: bytesContent(bytes) });
      assert.deepEqual(seen(), ["PUT 0 reset", "PUT 200"]);
    } finally {
      slow.stop();
    }
  });

  describe("shows nothing of a secret", () => {
    const { accessKeyId, accessKeySecret, securityToken } = canaries;
    const keys = { accessKeyId, accessKeySecret, securityToken };
    const secretKey = "customers/acme-corp.json";
    const secretValue = "project-nightingale";
    const echo = `${accessKeySecret} ${securityToken} ${secretKey} ${secretValue}`;
    const faults: readonly (readonly [string, OfStorage<EmulatorFault> | undefined])[] = [
      ["a refusal that repeats it", { kind: "error", code: "AccessDenied", status: 403, message: echo }],
      ["a reset", { kind: "reset" }],
      ["no answer", { kind: "hang" }],
      ["an answer that is none", { kind: "body", body: echo }],
      ["a content that changed", undefined],
      ["a content that cannot be read", undefined],
    ];
    for (const [what, fault] of faults) {
      it(`after ${what}`, async () => {
        emulator().setAccount(keys);
        if (fault !== undefined) fail(fault);
        const content = bytesContent(Buffer.from("a"));
        const contents: Readonly<Record<string, Content>> = {
          "a content that changed": { ...content, size: 2 },
          "a content that cannot be read": fileContent(`/nowhere/${secretKey}`, 2),
        };
        const request = {
          ...place(),
          key: secretKey,
          metadata: { project: secretValue },
          content: contents[what] ?? content,
        };
        const client = storageClient({ keys: fixedKeys(keys), timeoutMs: 300, budgetMs: 0 });
        const error = await failing(client.call(putObject, request, new Set([secretKey, secretValue])));
        assert.ok(EnsError.isInstance(error));
        const all = inspect(error, { depth: 20, showHidden: true });
        assertNoCanary({ error: all });
        assert.ok(!all.includes(secretKey) && !all.includes(secretValue), all);
      });
    }
  });

  it("waits for a bucket that the storage does not know yet", async () => {
    emulator().setRules({ lag: { storageMs: 500 } });
    const call = bucketCall(emulator());
    try {
      await call.ens.call(putBucket, {
        bucketName: "media-new",
        bucketAcl: "private",
        logicalBucketType: "standard",
      });
      const quick = {
        ...call,
        timing: { ...systemTiming, sleep: (ms: number) => systemTiming.sleep(ms / 10) },
      };
      const request = { key: "a", content: bytesContent(Buffer.from("a")) };
      const put = (at: BucketPlace) => call.objects.call(putObject, { ...at, ...request });
      const { etag } = await untilBucketIsKnown("media-new", put, quick);
      assert.equal(etag, md5(Buffer.from("a")));
      assert.match(call.lines[0] ?? "", /^bucket "media-new": the object storage does not know it yet/);
    } finally {
      emulator().setRules({ lag: {} });
      emulator().removeBucket("media-new");
    }
  });

  describe("of a file", () => {
    let folder: string;
    const path = () => join(folder, "file");
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "ens-upload-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** A file, described before something else writes to it. */
    function changing(before: Buffer, after: Buffer): Content {
      const described = shortMd5(createHash("md5").update(before).digest());
      writeFileSync(path(), after);
      return fileContent(path(), before.length, described);
    }

    it("sends it as it is", async () => {
      const bytes = bytesOf(3_000_000);
      await put("a", changing(bytes, bytes));
      assert.equal(md5(await stored("a")), md5(bytes));
    });

    const before = bytesOf(2_500_000);
    const other = Buffer.from(before);
    other[2_400_000] = 255;
    it("says that it changed while it was sent, where it is shorter", async () => {
      const error = await failing(put("a", changing(before, before.subarray(1))));
      assert.match(
        error.message,
        /^PutObject for object "a" of .* failed: its content changed while it was sent/s,
      );
      assert.match(error.message, /it had 2500000 bytes, and 2499999 came/);
      assert.equal(await storageClient().call(headObject, { ...place(), key: "a" }), undefined);
    });

    it("sends what was described where it has only grown", async () => {
      const { etag } = await put("a", changing(before, Buffer.concat([before, before])));
      assert.equal(etag, md5(before));
    });

    it("says that it changed while it was sent, where it is as long", async () => {
      const error = await failing(put("a", changing(before, other)));
      assert.ok(ApiError.isInstance(error) && error.reason === "contentChanged");
      assert.match(error.message, /failed with InvalidDigest, .* changed while it was sent/);
      assert.deepEqual(seen(), ["PUT 400 InvalidDigest"]);
    });

    for (const [what, after] of [
      ["is as long", other],
      ["is shorter", before.subarray(1)],
    ] as const) {
      it(`says so also of one that is sent in parts, and leaves no parts, where it ${what}`, async () => {
        const request = { ...place(), key: "a", content: changing(before, after) };
        const error = await failing(uploadObject(storageClient(), request, inParts));
        assert.match(
          error.message,
          /^The upload of object "a" to bucket "media-assets" failed: its content changed while it was sent/,
        );
        assert.deepEqual(await new StorageContent(emulator(), physicalBucketName).uploads(), []);
        assert.equal(await storageClient().call(headObject, { ...place(), key: "a" }), undefined);
      });
    }

    it("says that it cannot be read", async () => {
      const content = fileContent(join(folder, "none"), 10);
      const error = await failing(put("a", content));
      assert.match(
        error.message,
        /^PutObject for object "a" of .* failed: its content could not be read \(ENOENT\)/s,
      );
      assert.deepEqual(seen(), []);
    });
  });

  describe("in parts", () => {
    const bytes = bytesOf(25_000_000);
    const uploads = () => new StorageContent(emulator(), physicalBucketName).uploads();
    const upload = (
      client: ObjectStorage = storageClient(),
      onSent = (_: number) => {},
      content = bytesContent(bytes),
    ) =>
      uploadObject(
        client,
        {
          ...place(),
          key: "videos/a b+c.mp4",
          content,
          contentType: "video/mp4",
          metadata: { a: "b" },
          onSent,
        },
        { ...open, largestPut: 10_000_000, partSize: 5_000_000 },
      );

    it("puts what is small in one request", async () => {
      const content = bytesContent(bytes.subarray(0, 10_000_000));
      const { etag } = await upload(storageClient(), undefined, content);
      assert.deepEqual(seen(), ["PUT 200"]);
      assert.equal(etag, md5(bytes.subarray(0, 10_000_000)));
    });

    it("sends what is large, says how far it is, and keeps headers", async () => {
      const sent: number[] = [];
      const { etag } = await upload(storageClient(), (so) => sent.push(so));
      assert.match(etag, /^[0-9a-f]{32}-5$/);
      const found = await storageClient().call(headObject, { ...place(), key: "videos/a b+c.mp4" });
      assert.deepEqual(
        [found?.etag, found?.size, found?.contentType, found?.metadata],
        [etag, bytes.length, "video/mp4", { a: "b" }],
      );
      assert.equal(md5(await stored("videos/a b+c.mp4")), md5(bytes));
      assert.equal(seen().length, 7 + 1 + 1);
      assert.equal(sent.at(-1), bytes.length);
      assert.deepEqual(
        sent,
        [...sent].sort((a, b) => a - b),
      );
      assert.deepEqual(await uploads(), []);
    });

    it("repeats a part that fails by itself", async () => {
      fail({ kind: "reset", afterBytes: 1_000_000, method: "PUT", after: 2 });
      fail({ kind: "error", code: "InternalError", status: 500, method: "PUT", after: 1 });
      const sent: number[] = [];
      await upload(storageClient(), (so) => sent.push(so));
      assert.equal(seen().filter((one) => one.startsWith("PUT")).length, 7);
      assert.equal(sent.at(-1), bytes.length);
      assert.equal(md5(await stored("videos/a b+c.mp4")), md5(bytes));
      const { uploadId } = await storageClient().call(beginUpload, { ...place(), key: "a" });
      emulator().clearRequests();
      fail({ kind: "reset", afterBytes: 1_000_000, times: 2 });
      const content = bytesContent(bytes.subarray(0, 5_000_000));
      await storageClient().call(uploadPart, { ...place(), key: "a", uploadId, partNumber: 1, content });
      assert.deepEqual(seen(), ["PUT 0 reset", "PUT 0 reset", "PUT 200"]);
    });

    it("gives the upload up when a part cannot be sent", async () => {
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "PUT", after: 1 });
      const error = await failing(upload());
      assert.ok(ApiError.isInstance(error));
      assert.match(
        error.message,
        /^UploadPart for object "videos\/a b\+c.mp4" of bucket .* failed with AccessDenied/s,
      );
      assert.deepEqual(await uploads(), []);
      assert.ok(seen().includes("DELETE 204"));
    });

    it("is not mistaken where an answer was lost that the object is there", async () => {
      fail({ kind: "lostAnswer", method: "POST", after: 1 });
      const { etag } = await upload();
      assert.match(etag, /^[0-9a-f]{32}-5$/);
      assert.deepEqual(seen().slice(-3), ["POST 0 lostAnswer", "POST 404 NoSuchUpload", "HEAD 200"]);
    });

    it("says that something else aborted it", async () => {
      const client = storageClient();
      const abortAll = async () => {
        const { items } = await client.call(listUploads, place());
        for (const one of items) await client.call(abortUpload, { ...place(), ...one });
      };
      const storage: ObjectStorage = {
        call: async (action, request) => {
          if (action.name === "CompleteMultipartUpload") await abortAll();
          return client.call(action, request);
        },
        tryOnce: async () => {},
      };
      const error = await failing(upload(storage));
      assert.match(
        error.message,
        /was gone before it was complete: something else aborted it\.\sRun the command again/,
      );
    });

    it("says that an upload is gone of which a part comes late", async () => {
      const request = {
        ...place(),
        key: "a",
        uploadId: "gone",
        partNumber: 1,
        content: bytesContent(Buffer.from("a")),
      };
      const error = await failing(storageClient().call(uploadPart, request));
      assert.ok(ApiError.isInstance(error) && error.reason === "noSuchUpload");
      assert.match(error.message, /something else aborted the upload/);
    });

    it("is gone within a second of a cancellation, and so are its parts", async () => {
      const cancellation = new AbortController();
      fail({ kind: "hang", afterBytes: 1_000_000, method: "PUT", after: 1, times: 10 });
      let cancelledAt = 0;
      const work = upload(storageClient({ cancelled: cancellation.signal }), (so) => {
        if (so < 6_000_000 || cancelledAt > 0) return;
        cancelledAt = performance.now();
        cancellation.abort(new CancelledError("Cancelled by the test."));
      });
      assert.ok(CancelledError.isInstance(await failing(work)));
      assert.ok(performance.now() - cancelledAt < 1000);
      assert.deepEqual(await uploads(), []);
    });

    it("waits no longer than that for a storage that does not answer any more", async () => {
      const cancellation = new AbortController();
      fail({ kind: "hang", method: "PUT", times: 10 });
      fail({ kind: "hang", method: "DELETE" });
      const work = upload(storageClient({ cancelled: cancellation.signal }));
      setTimeout(() => cancellation.abort(new CancelledError("Cancelled by the test.")), 300);
      const started = performance.now();
      assert.ok(CancelledError.isInstance(await failing(work)));
      assert.ok(performance.now() - started < 1500);
    });

    it("shares the slots of all calls", async () => {
      const slots = new Slots(2);
      let most = 0;
      const take = slots.take.bind(slots);
      let taken = 0;
      slots.take = async (gaveUp) => {
        const got = await take(gaveUp);
        taken += 1;
        most = Math.max(most, taken);
        return got;
      };
      const free = slots.free.bind(slots);
      slots.free = () => {
        taken -= 1;
        free();
      };
      await upload(storageClient({ slots }));
      assert.equal(most, 2);
      assert.equal(taken, 0);
    });

    it("makes parts larger where they would be too many", async () => {
      const size = 200 * 1024 ** 3;
      const asked: (ByteRange | undefined)[] = [];
      const content: Content = {
        size,
        open: (range) => {
          asked.push(range);
          return Readable.from([]);
        },
      };
      await failing(uploadObject(storageClient(), { ...place(), key: "a", content }, open));
      const [first] = asked;
      const partSize = (first?.end ?? 0) + 1;
      assert.equal(partSize, 21 * 1024 ** 2);
      assert.ok(size / partSize <= 10_000);
    });
  });
});
