import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { defaultAccount } from "../../emulator";
import { acs3Signature } from "../../emulator/signatures/acs3";
import { rpcV1Signature } from "../../emulator/signatures/rpc-v1";
import { useEmulator } from "../support/emulator";

const { accessKeyId, accessKeySecret } = defaultAccount;

/** What no client of the vendor sends: requests that were tampered with, replayed or half signed. */
describe("the emulator's gateway", () => {
  const emulator = useEmulator({
    buckets: ["media-assets"],
    roles: [{ roleArn: "acs:ram::1:role/uploader", externalId: "x" }],
    quotaPerSecond: 1000,
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
    ["an unknown action", { headers: { "x-acs-action": "PutBucket" } }, "InvalidAction.NotFound"],
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

  it("throttles by code, and says for how long, when the quota is used up", async () => {
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

  describe("in the older style", () => {
    function rpc(parameters: Record<string, string>): string {
      const all: [string, string][] = Object.entries({
        Action: "PrepareUpload",
        Version: "2017-11-10",
        AccessKeyId: accessKeyId,
        SignatureMethod: "HMAC-SHA1",
        SignatureVersion: "1.0",
        SignatureNonce: randomUUID(),
        Timestamp: new Date().toISOString().replace(/\.\d+/, ""),
        ...parameters,
      });
      const signature = rpcV1Signature("GET", all, accessKeySecret);
      return `${emulator().url}/?${new URLSearchParams([...all, ["Signature", signature]])}`;
    }

    it("answers in XML unless asked for JSON", async () => {
      const xml = await (await fetch(rpc({ BucketName: "media-assets" }))).text();
      assert.match(xml, /<PrepareUploadResponse>.*<BucketName>media-assets-/);
      const refused = await (await fetch(rpc({ BucketName: "nowhere" }))).text();
      assert.match(refused, /<Error>.*<Code>NoSuchBucket<\/Code>/);
      const json = (await (
        await fetch(rpc({ BucketName: "media-assets", Format: "JSON" }))
      ).json()) as object;
      assert.ok("BucketName" in json);
    });

    it("refuses the same request a second time with SignatureNonceUsed", async () => {
      const url = rpc({ BucketName: "media-assets" });
      assert.equal((await fetch(url)).status, 200);
      assert.match(await (await fetch(url)).text(), /SignatureNonceUsed/);
    });

    it("hands out sessions of its roles to who may have them", async () => {
      const role = { Action: "AssumeRole", Version: "2015-04-01", Format: "JSON", RoleSessionName: "me" };
      const ask = async (more: Record<string, string>) =>
        (await (await fetch(rpc({ ...role, ...more }))).json()) as {
          Code?: string;
          Credentials?: { AccessKeyId: string };
        };
      const RoleArn = "acs:ram::1:role/uploader";
      assert.match((await ask({ RoleArn, ExternalId: "x" })).Credentials?.AccessKeyId ?? "", /^STS\./);
      assert.equal((await ask({ RoleArn })).Code, "NoPermission");
      assert.equal((await ask({ RoleArn: "acs:ram::1:role/other" })).Code, "EntityNotExist.Role");
      assert.equal((await ask({})).Code, "MissingRoleArn");
    });
  });
});

describe("the emulator's quota", () => {
  const emulator = useEmulator({ buckets: ["media-assets"], quotaPerSecond: 0 });

  it("refuses calls beyond it with Throttling.User", async () => {
    const { default: Rpc } = await import("@alicloud/pop-core");
    const client = new Rpc({
      accessKeyId,
      accessKeySecret,
      endpoint: emulator().url,
      apiVersion: "2017-11-10",
    });
    await assert.rejects(client.request("PrepareUpload", { BucketName: "media-assets" }), {
      code: "Throttling.User",
    });
  });
});
