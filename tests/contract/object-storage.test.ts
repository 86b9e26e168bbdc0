import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { EmulatorAccount, EmulatorFault } from "../../emulator";
import { defaultAccount } from "../../emulator";
import { AnswerError, ApiError, CancelledError, ConnectionError } from "../../provider/ens/errors";
import type { KeySource, Keys } from "../../provider/ens/keys";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { abortUpload } from "../../provider/eos/actions/abort-upload";
import { deleteObjects } from "../../provider/eos/actions/delete-objects";
import { listObjects } from "../../provider/eos/actions/list-objects";
import { listUploads } from "../../provider/eos/actions/list-uploads";
import { deleteKeys } from "../../provider/eos/delete-keys";
import { assertNoCanary, canaries } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { useSilentServer } from "../support/silent-server";
import { fixedKeys, neverCancelled, oddKeys, storageClient } from "../support/storage-client";
import { numberedKeys, StorageContent } from "../support/storage-content";

const bucketName = "media-assets";

describe("our client of the object storage, answered by the emulator", () => {
  const emulator = useEmulator();
  let physicalBucketName: string;
  let tests = 0;
  const silent = useSilentServer();
  const content = () => new StorageContent(emulator(), physicalBucketName);
  const place = () => ({ bucketName, physicalBucketName, endpoint: emulator().objectEndpoint });

  beforeEach(() => {
    // Nothing of the test before is in it.
    tests += 1;
    physicalBucketName = `media-assets-${tests}`;
    emulator().addBucket({ name: bucketName, physicalBucketName });
    emulator().clearRequests();
  });
  afterEach(() => {
    emulator().clearFaults();
    emulator().removeBucket(bucketName);
  });

  type OfStorage<Fault> = Fault extends unknown ? Omit<Fault, "service"> : never;
  const fail = (fault: OfStorage<EmulatorFault>) => emulator().fail({ ...fault, service: "oss" });
  const seen = () =>
    emulator().requests.map(({ action, status, code = "" }) => `${action} ${status} ${code}`.trim());

  it("lists objects a page at a time, and deletes many in one request", async () => {
    const keys = numberedKeys(1005);
    await content().put(keys);
    const first = await storageClient().call(listObjects, place());
    assert.deepEqual(
      first.items.map(({ key }) => key),
      keys.slice(0, 1000),
    );
    assert.equal(first.next, keys[999]);
    assert.ok(Math.abs(Date.now() - (first.items[0]?.since ?? 0)) < 60_000);
    const second = await storageClient().call(listObjects, { ...place(), marker: first.next ?? "" });
    assert.deepEqual(
      second.items.map(({ key }) => key),
      keys.slice(1000),
    );
    assert.equal(second.next, undefined);
    emulator().clearRequests();
    await storageClient().call(deleteObjects, { ...place(), keys: keys.slice(0, 1000) });
    assert.deepEqual(seen(), ["POST 200"]);
    assert.deepEqual(await content().keys(), keys.slice(1000));
    assert.match(emulator().requests[0]?.userAgent ?? "", /^pulumi-alicloud-ens\/\d/);
  });

  it("lists a thousand keys of the longest that there are", async () => {
    const keys = numberedKeys(1000).map((key) => `${key}${"編".repeat(337)}`);
    assert.equal(Buffer.byteLength(keys[0] ?? ""), 1022);
    await content().put(keys);
    const { items } = await storageClient().call(listObjects, place());
    await deleteKeys(
      storageClient(),
      place(),
      items.map(({ key }) => key),
    );
    assert.deepEqual(await content().keys(), []);
  });

  it("lists unfinished uploads a page at a time, and aborts one", async () => {
    const keys = numberedKeys(1002);
    await content().beginUploads(keys);
    const first = await storageClient().call(listUploads, place());
    assert.equal(first.items.length, 1000);
    assert.ok(first.next !== undefined);
    const second = await storageClient().call(listUploads, { ...place(), marker: first.next });
    assert.deepEqual(
      [...first.items, ...second.items].map(({ key }) => key),
      keys,
    );
    assert.equal(second.next, undefined);
    const [upload] = second.items;
    assert.ok(upload !== undefined);
    await storageClient().call(abortUpload, { ...place(), ...upload });
    assert.deepEqual((await storageClient().call(listUploads, place())).next, {
      key: keys[999],
      uploadId: first.items[999]?.uploadId,
    });
    await storageClient().call(abortUpload, { ...place(), ...upload });
    assert.equal(seen().at(-1), "DELETE 404 NoSuchUpload", "one that is gone is no error");
  });

  for (const host of ["localhost", "127.0.0.1"]) {
    it(`finds and deletes keys of any characters, at ${host}`, async () => {
      const at = { ...place(), endpoint: `${host}:${emulator().port}` };
      await content().put(oddKeys);
      await content().beginUploads(oddKeys);
      const { items } = await storageClient().call(listObjects, at);
      const keys = items.map(({ key }) => key);
      assert.deepEqual([...keys].sort(), [...oddKeys].sort());
      for (const key of oddKeys) {
        await deleteKeys(storageClient(), at, [key]);
        keys.splice(keys.indexOf(key), 1);
        assert.deepEqual([...(await content().keys())].sort(), [...keys].sort(), JSON.stringify(key));
      }
      const uploads = await storageClient().call(listUploads, at);
      assert.deepEqual(uploads.items.map(({ key }) => key).sort(), [...oddKeys].sort());
      for (const upload of uploads.items) await storageClient().call(abortUpload, { ...at, ...upload });
      assert.deepEqual(await content().uploads(), []);
    });
  }

  it("says which key could not be deleted, and why", async () => {
    const body =
      "<DeleteResult><EncodingType>url</EncodingType>" +
      "<Error><Key>a%20b</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>";
    fail({ kind: "body", body, contentType: "application/xml" });
    const error = await failing(storageClient().call(deleteObjects, { ...place(), keys: ["a b"] }));
    assert.ok(ApiError.isInstance(error));
    assert.deepEqual(
      [error.code, error.reason, error.bucketName],
      ["AccessDenied", "permission", bucketName],
    );
    assert.match(
      error.message,
      /^DeleteMultipleObjects for bucket "media-assets" at localhost:\d+ failed with AccessDenied \("a b": no\)/,
    );
  });

  it("says with whom, for which bucket, with which code and request id, and what to do", async () => {
    fail({ kind: "error", code: "AccessDenied", status: 403, message: "no" });
    const error = await failing(storageClient().call(listObjects, place()));
    assert.ok(ApiError.isInstance(error));
    const requestId = emulator().requests.at(-1)?.requestId;
    assert.deepEqual([error.statusCode, error.requestId], [403, requestId]);
    assert.match(
      error.message,
      new RegExp(
        `^ListObjects for bucket "media-assets" at localhost:\\d+ failed with AccessDenied, request id ${requestId}\\. .*\\n` +
          "Attach the system policy AliyunEnsEOSFullAccess to it: ",
      ),
    );
  });

  it("does not take a bucket that is too new for one that is not there", async () => {
    const error = await failing(
      storageClient().call(listObjects, { ...place(), physicalBucketName: "media-assets-none" }),
    );
    assert.match(error.message, /failed with NoSuchBucket, .*ENS knows the bucket.*five minutes/s);
  });

  for (const [what, body] of [
    ["nothing that says whether there is more", "<ListBucketResult/>"],
    ["more, and not where", "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"],
    [
      "an object without a key",
      "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Size>1</Size></Contents></ListBucketResult>",
    ],
  ] as const) {
    it(`does not take an answer for a listing that has ${what}`, async () => {
      fail({ kind: "body", body, contentType: "application/xml" });
      const error = await failing(storageClient().call(listObjects, place()));
      assert.ok(AnswerError.isInstance(error), error.message);
      assert.match(error.message, /^The answer to ListObjects for bucket "media-assets" at localhost:\d+ /);
    });
  }

  it("reads keys as they are, where the storage does not write them as in a URL", async () => {
    const object = (key: string) =>
      `<Contents><Key>${key}</Key><LastModified>2026-11-25T00:00:00.000Z</LastModified><ETag>"A1"</ETag><Size>7</Size></Contents>`;
    const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${object(" a%20b &#39;&amp;#39;")}</ListBucketResult>`;
    fail({ kind: "body", body, contentType: "application/xml" });
    const { items } = await storageClient().call(listObjects, place());
    assert.deepEqual(items, [{ key: " a%20b '&#39;", etag: "a1", size: 7, since: Date.UTC(2026, 10, 25) }]);
  });

  const faults: readonly (readonly [string, OfStorage<EmulatorFault>])[] = [
    ["a reset", { kind: "reset" }],
    ["an answer that was lost", { kind: "lostAnswer" }],
    ["a 503", { kind: "error", code: "ServiceUnavailable", status: 503 }],
    ["a gateway's own 502", { kind: "body", status: 502, body: "<html>", contentType: "text/html" }],
    ["an answer that is no XML", { kind: "body", body: "{}" }],
    [
      "a page of somebody else",
      { kind: "body", body: "<html><body>Log in</body></html>", contentType: "text/html" },
    ],
    ["throttling", { kind: "error", code: "TotalQpsLimitExceeded", status: 503 }],
    ["an answer that does not come", { kind: "hang" }],
  ];
  for (const [what, fault] of faults) {
    it(`asks again after ${what}`, async () => {
      await content().put(["one"]);
      fail(fault);
      const client = storageClient({ timeoutMs: 500 });
      assert.equal((await client.call(listObjects, place())).items.length, 1);
      fail(fault);
      await client.call(deleteObjects, { ...place(), keys: ["one"] });
      assert.deepEqual(await content().keys(), []);
    });
  }

  it("tells of throttling as that of the storage", async () => {
    const lines: string[] = [];
    fail({ kind: "error", code: "TotalQpsLimitExceeded", status: 503 });
    await storageClient({ tell: (line) => lines.push(line) }).call(listObjects, place());
    assert.match(lines.join("\n"), /^EOS is throttling; 1 call waits, next try in 0\.\d s$/);
  });

  it("gives up after the time for all attempts, and says what it saw", async () => {
    fail({ kind: "reset", times: 100 });
    const started = performance.now();
    const error = await failing(
      storageClient({ budgetMs: 1000 }).call(deleteObjects, { ...place(), keys: ["one"] }),
    );
    assert.ok(performance.now() - started < 4000);
    assert.ok(ConnectionError.isInstance(error));
    assert.match(
      error.message,
      /^DeleteMultipleObjects got no usable answer from http:\/\/localhost:\d+ after \d attempts in \d\.\d s: the connection was reset \(ECONNRESET\)\..* may have been done/s,
    );
  });

  it("ends an attempt at its deadline", async () => {
    fail({ kind: "hang" });
    const started = performance.now();
    const error = await failing(storageClient({ timeoutMs: 300, budgetMs: 0 }).call(listObjects, place()));
    assert.ok(performance.now() - started < 2000);
    assert.match(error.message, /no answer within 0\.3 s.*\n.*nothing was changed/);
  });

  it("ends within a second when the deployment is cancelled, and leaves no request open", async () => {
    const cancellation = new AbortController();
    const [, endpoint = ""] = silent().url.split("//");
    const work = storageClient({ cancelled: cancellation.signal, timeoutMs: 60_000 }).call(deleteObjects, {
      ...place(),
      endpoint,
      keys: ["one"],
    });
    while (silent().waiting() === 0) await systemTiming.sleep(5);
    const started = performance.now();
    cancellation.abort(new CancelledError("Cancelled by the test."));
    const error = await failing(work);
    assert.ok(performance.now() - started < 1000);
    assert.ok(CancelledError.isInstance(error));
    assert.match(error.message, /before EOS had answered; DeleteMultipleObjects may have been done/);
    while (silent().waiting() > 0) await systemTiming.sleep(5);
  });

  it("waits for a slot as calls to ENS do", async () => {
    const slots = new Slots(1);
    await slots.take(neverCancelled);
    const work = storageClient({ slots }).call(listObjects, place());
    await systemTiming.sleep(100);
    assert.deepEqual(seen(), []);
    slots.free();
    await work;
    assert.deepEqual(seen(), ["GET 200"]);
  });

  describe("with a session", () => {
    const session = (name: string, expires: Date): EmulatorAccount => ({
      accessKeyId: `STS.${name}`,
      accessKeySecret: "a-secret",
      securityToken: `token of ${name}`.replaceAll(" ", "-"),
      expires,
    });
    const expired = session("expired", new Date(0));
    const valid = session("valid", new Date(Date.now() + 3_600_000));
    const unknown: Keys = { accessKeyId: "STS.unknown", accessKeySecret: "a", securityToken: "b" };

    beforeEach(() => {
      emulator().setAccount(expired);
      emulator().setAccount(valid);
    });

    /** A source that has these keys, one after the other. */
    function source(...all: readonly Keys[]): KeySource & { readonly discarded: Keys[] } {
      const discarded: Keys[] = [];
      const getKeys = async () => all[Math.min(discarded.length, all.length - 1)] as Keys;
      return { origin: "the test", getKeys, discard: (keys) => discarded.push(keys), discarded };
    }

    it("sends its token, and prints nothing", async () => {
      const { warn } = console;
      const printed: unknown[] = [];
      console.warn = (...words) => printed.push(words);
      try {
        await storageClient({ keys: fixedKeys(valid) }).call(listObjects, place());
      } finally {
        console.warn = warn;
      }
      assert.deepEqual(printed, []);
      assert.deepEqual(seen(), ["GET 200"]);
    });

    for (const [what, first, code] of [
      ["have expired", expired, "SecurityTokenExpired"],
      ["is not known any more", unknown, "InvalidAccessKeyId"],
    ] as const) {
      it(`asks once for another when it ${what}`, async () => {
        const keys = source(first, valid);
        await storageClient({ keys }).call(listObjects, place());
        assert.deepEqual(seen(), [`GET 403 ${code}`, "GET 200"]);
        assert.deepEqual(keys.discarded, [first]);
        emulator().clearRequests();
        const none = source(first, first);
        const error = await failing(storageClient({ keys: none }).call(listObjects, place()));
        assert.ok(ApiError.isInstance(error) && error.reason === "credentials");
        assert.deepEqual(seen(), [`GET 403 ${code}`]);
      });
    }
  });

  it("says that a key is wrong", async () => {
    const { accessKeyId, accessKeySecret } = defaultAccount;
    for (const [keys, code, remedy] of [
      [{ accessKeyId, accessKeySecret: "wrong" }, "SignatureDoesNotMatch", /is not that of the access key/],
      [
        { accessKeyId: "unknown", accessKeySecret },
        "InvalidAccessKeyId",
        /does not exist\.\sSet one that does/,
      ],
    ] as const) {
      const error = await failing(storageClient({ keys: fixedKeys(keys) }).call(listObjects, place()));
      assert.ok(ApiError.isInstance(error));
      assert.deepEqual([error.code, error.reason], [code, "credentials"]);
      assert.match(error.message, remedy);
    }
  });

  const { accessKeyId, accessKeySecret, securityToken } = canaries;
  const keys = { accessKeyId, accessKeySecret, securityToken };
  const echo = `${accessKeyId} ${accessKeySecret} ${securityToken}`;
  const secretFaults: readonly (readonly [string, string, OfStorage<EmulatorFault> | undefined])[] = [
    ["a signature that is wrong", "another secret", undefined],
    [
      "a refusal that repeats them",
      accessKeySecret,
      { kind: "error", code: "AccessDenied", status: 403, message: echo },
    ],
    ["a reset", accessKeySecret, { kind: "reset" }],
    ["an answer that is no XML", accessKeySecret, { kind: "body", body: echo }],
    ["no answer", accessKeySecret, { kind: "hang" }],
  ];
  for (const [what, secret, fault] of secretFaults) {
    it(`shows nothing of keys after ${what}`, async () => {
      emulator().setAccount({ ...keys, accessKeySecret: secret });
      if (fault !== undefined) fail(fault);
      const client = storageClient({ keys: fixedKeys(keys), timeoutMs: 300, budgetMs: 0 });
      const error = await failing(client.call(deleteObjects, { ...place(), keys: ["one"] }));
      assert.ok(ApiError.isInstance(error) || ConnectionError.isInstance(error), error.message);
      assertNoCanary({ error: inspect(error, { depth: 20, showHidden: true }) });
    });
  }

  it("says that this machine's clock is wrong", async () => {
    fail({ kind: "error", code: "RequestTimeTooSkewed", status: 403 });
    const error = await failing(storageClient().call(listObjects, place()));
    assert.ok(ApiError.isInstance(error) && error.reason === "clock");
    assert.match(error.message, /This machine's clock is \d s (behind|ahead of) that of EOS/);
  });
});
