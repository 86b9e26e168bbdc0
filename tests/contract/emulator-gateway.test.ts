import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { defaultAccount } from "../../emulator";
import { acs3Signature } from "../../emulator/signatures/acs3";
import { useEmulator } from "../support/emulator";

const { accessKeyId, accessKeySecret } = defaultAccount;

/** What no client of the vendor sends: requests that were tampered with, replayed or half signed. */
describe("the emulator's gateway", () => {
  const emulator = useEmulator({
    buckets: ["media-assets"],
  });

  function signed(query: Record<string, string> = { BucketName: "media-assets" }, body = "") {
    const bodyHash = createHash("sha256").update(body).digest("hex");
    const headers: Record<string, string> = {
      host: new URL(emulator().url).host,
      "x-acs-action": "PrepareUpload",
      "x-acs-content-sha256": bodyHash,
      "x-acs-date": new Date().toISOString().replace(/\.\d+/, ""),
      "x-acs-signature-nonce": randomUUID(),
      "x-acs-version": "2017-11-10",
    };
    const signedHeaders = Object.keys(headers);
    const request = {
      method: "POST",
      path: "/",
      query: Object.entries(query),
      headers,
      signedHeaders,
      bodyHash,
    };
    headers.authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${signedHeaders.join(";")},Signature=${acs3Signature(request, accessKeySecret)}`;
    return { query, headers, body };
  }

  async function send({ query, headers, body }: ReturnType<typeof signed>) {
    const { host: _, ...rest } = headers;
    const response = await fetch(`${emulator().url}/?${new URLSearchParams(query)}`, {
      method: "POST",
      headers: rest,
      body: body === "" ? null : body,
    });
    const { Code, RequestId, HostId, Recommend, Endpoint } = (await response.json()) as Record<
      string,
      string
    >;
    return {
      status: response.status,
      headers: response.headers,
      Code,
      RequestId,
      HostId,
      Recommend,
      Endpoint,
    };
  }

  it("answers a request that is right, with the request id in body and header", async () => {
    const answer = await send(signed());
    assert.equal(answer.status, 200);
    assert.equal(answer.Endpoint, emulator().objectEndpoint);
    assert.equal(answer.RequestId, answer.headers.get("x-acs-request-id"));
  });

  it("refuses the same request a second time with SignatureNonceUsed", async () => {
    const request = signed();
    assert.equal((await send(request)).status, 200);
    assert.equal((await send(request)).Code, "SignatureNonceUsed");
  });

  for (const [what, change, code] of [
    ["a changed parameter", { query: { BucketName: "other-bucket" } }, "SignatureDoesNotMatch"],
    ["a changed body", { body: "a=b" }, "InvalidContentSha256"],
    ["a changed header", { headers: { "x-acs-version": "2017-11-11" } }, "InvalidVersion"],
    ["a header that is not signed", { headers: { "x-acs-extra": "x" } }, "IncompleteSignature"],
    [
      "another algorithm",
      { headers: { authorization: "ACS3-HMAC-SM3 Credential=x" } },
      "InvalidSignatureMethod",
    ],
    ["a date that is none", { headers: { "x-acs-date": "yesterday" } }, "InvalidTimeStamp.Format"],
    ["an unknown action", { headers: { "x-acs-action": "PaintBucket" } }, "InvalidAction.NotFound"],
  ] as const) {
    it(`refuses ${what} with ${code}`, async () => {
      const request = signed();
      const answer = await send({
        ...request,
        ...change,
        headers: { ...request.headers, ...("headers" in change ? change.headers : {}) },
      });
      assert.equal(answer.Code, code);
      assert.match(answer.Recommend ?? "", /^https:/);
      assert.match(answer.HostId ?? "", /^127\.0\.0\.1:/);
    });
  }

  it("refuses a request without signature with MissingAuthorization", async () => {
    const request = signed();
    const { authorization: _, ...headers } = request.headers;
    assert.equal((await send({ ...request, headers })).Code, "MissingAuthorization");
  });

  it("names the key before the date, and the date before the signature, when several are wrong", async () => {
    const stale = signed();
    stale.headers["x-acs-date"] = "2020-01-01T00:00:00Z";
    assert.equal((await send(stale)).Code, "InvalidTimeStamp.Expired");
    stale.headers.authorization = stale.headers.authorization?.replace(accessKeyId, "nobody") ?? "";
    assert.equal((await send(stale)).Code, "InvalidAccessKeyId.NotFound");
  });

  it("takes no nonce from a request that it refuses", async () => {
    const request = signed();
    const tampered = { ...request, query: { BucketName: "other-bucket" } };
    assert.equal((await send(tampered)).Code, "SignatureDoesNotMatch");
    assert.equal((await send(request)).status, 200);
  });

  it("waits before it shows a fault that is to come late", async () => {
    emulator().fail({ kind: "error", code: "InternalError", status: 500, delayMs: 150 });
    const begun = performance.now();
    assert.equal((await send(signed())).Code, "InternalError");
    assert.ok(performance.now() - begun >= 149);
  });

  it("says for how long, when told to throttle", async () => {
    emulator().fail({
      kind: "error",
      code: "Throttling.User",
      status: 429,
      headers: { "x-acs-retry-after": "250" },
    });
    const answer = await send(signed());
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get("x-acs-retry-after"), "250");
  });

  it("shows a body that is no answer, once", async () => {
    emulator().fail({ kind: "body", body: "<html>", contentType: "text/html" });
    const { headers, query } = signed();
    const { host: _, ...rest } = headers;
    const response = await fetch(`${emulator().url}/?${new URLSearchParams(query)}`, {
      method: "POST",
      headers: rest,
    });
    assert.equal(await response.text(), "<html>");
    assert.equal((await send(signed())).status, 200);
  });
});
