import assert from "node:assert/strict";
import OSS from "ali-oss";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";

const bucket = "media-assets-1";

describe("a fault of the emulator's object storage", () => {
  const emulator = useEmulator({ buckets: [{ name: "media-assets", physicalBucketName: bucket }] });

  afterEach(() => {
    emulator().clearFaults();
    emulator().clearRequests();
  });

  function client(): OSS {
    const endpoint = `http://localhost:${emulator().port}`;
    return new OSS({ ...defaultAccount, endpoint, bucket, sldEnable: true, retryMax: 0 } as OSS.Options);
  }

  const put = (key: string) => client().put(key, Buffer.from("x"));

  it("is an error with its code, status and headers, once", async () => {
    emulator().fail({
      service: "oss",
      kind: "error",
      code: "ServiceUnavailable",
      status: 503,
      headers: { "retry-after": "7" },
    });
    const response = await fetch(client().signatureUrl("x", { method: "PUT" }), { method: "PUT" });
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "7");
    assert.match(await response.text(), /<Code>ServiceUnavailable<\/Code>/);
    await put("x");
    const [first, second] = emulator().requests;
    assert.deepEqual([first?.status, first?.code], [503, "ServiceUnavailable"]);
    assert.deepEqual([second?.status, second?.code], [200, undefined]);
  });

  it("lets through as many as it says, and hits the method it names", async () => {
    emulator().fail({ service: "oss", method: "PUT", after: 1, times: 2, kind: "reset" });
    await put("first");
    await client().get("first");
    await assert.rejects(put("second"));
    await client().head("first");
    await assert.rejects(put("third"));
    await put("fourth");
    assert.deepEqual(
      emulator().requests.map(({ action, status }) => `${action} ${status}`),
      ["PUT 200", "GET 200", "PUT 0", "HEAD 200", "PUT 0", "PUT 200"],
    );
  });

  it("hits neither another bucket, nor PrepareUpload, nor what a browser asks first", async () => {
    emulator().fail({ service: "oss", bucketName: "other-bucket", kind: "reset" });
    emulator().fail({ kind: "reset" });
    await put("x");
    emulator().fail({ service: "oss", kind: "error", code: "InternalError", status: 500 });
    // Refused, since the bucket has no CORS rules, but not by the fault.
    assert.equal((await fetch(`${emulator().url}/${bucket}/x`, { method: "OPTIONS" })).status, 403);
    await assert.rejects(put("x"), { code: "InternalError" });
  });

  it("can lose the answer to what was done", async () => {
    emulator().fail({ service: "oss", method: "PUT", kind: "reset" });
    emulator().fail({ service: "oss", method: "PUT", kind: "lostAnswer" });
    for (const key of ["reset", "lost"]) await assert.rejects(put(key));
    await assert.rejects(client().get("reset"), { code: "NoSuchKey" });
    assert.equal(String((await client().get("lost")).content), "x");
    assert.deepEqual(
      emulator().requests.map(({ action, status, code }) => `${action} ${status} ${code ?? ""}`.trim()),
      ["PUT 0 reset", "PUT 0 lostAnswer", "GET 404 NoSuchKey", "GET 200"],
    );
  });

  it("can be a body that is no answer, or no answer at all", async () => {
    emulator().fail({ service: "oss", kind: "body", body: "<html>", status: 502, contentType: "text/html" });
    emulator().fail({ service: "oss", kind: "hang" });
    const url = client().signatureUrl("x");
    const response = await fetch(url);
    assert.deepEqual([response.status, await response.text()], [502, "<html>"]);
    const deadline = AbortSignal.timeout(200);
    await assert.rejects(fetch(url, { signal: deadline }), { name: "TimeoutError" });
  });
});
