import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { type RawAnswer, sendObjectRequest } from "../support/object-request";

const bucket = "media-assets-1";
const account = { accessKeyId: "active", accessKeySecret: "a-secret" };

describe("the emulator's object storage, asked by hand", () => {
  const emulator = useEmulator({
    accounts: [account, { accessKeyId: "STS.valid", accessKeySecret: "a-secret", securityToken: "token" }],
    buckets: [{ name: "media-assets", physicalBucketName: bucket }],
  });

  function send(
    method: string,
    path: string,
    more: {
      headers?: Record<string, string>;
      body?: string;
      resource?: string;
      account?: typeof account;
    } = {},
  ): Promise<RawAnswer> {
    return sendObjectRequest({
      method,
      path: `/${bucket}/${path}`,
      port: emulator().port,
      account,
      ...more,
    });
  }

  for (const [what, method, path, more, status, code] of [
    ["XML that is none", "POST", "?delete", { body: "<Delete><Object" }, 400, "MalformedXML"],
    [
      "XML that holds what none can",
      "POST",
      "?delete",
      { body: "<Delete><Object><Key>a\u0001</Key></Object></Delete>" },
      400,
      "MalformedXML",
    ],
    ["XML without keys", "POST", "?delete", { body: "<Delete></Delete>" }, 400, "MalformedXML"],
    [
      "a copy source that is none",
      "PUT",
      "x",
      { headers: { "x-oss-copy-source": "/a/%zz" } },
      400,
      "InvalidArgument",
    ],
    ["a path that cannot be decoded", "GET", "%zz", {}, 400, "InvalidURI"],
    ["a method that OSS does not have", "PATCH", "x", {}, 405, "MethodNotAllowed"],
    ["an operation it does not know", "POST", "x?append&position=0", {}, 501, "NotImplemented"],
    ["the ACL of a bucket", "GET", "?acl", {}, 501, "NotImplemented"],
    ["a callback", "PUT", "x", { headers: { "x-oss-callback": "e30=" } }, 501, "NotImplemented"],
    ["a page too large", "GET", "?max-keys=1001", { resource: `/${bucket}/` }, 400, "InvalidArgument"],
    [
      "a token with a key that has none",
      "GET",
      "x",
      { headers: { "x-oss-security-token": "token" } },
      403,
      "InvalidAccessKeyId",
    ],
    [
      "a temporary key without its token",
      "GET",
      "x",
      { account: { ...account, accessKeyId: "STS.valid" } },
      403,
      "InvalidAccessKeyId",
    ],
  ] as const) {
    it(`refuses ${what} with ${code}`, async () => {
      const answer = await send(method, path, more);
      assert.equal(answer.status, status);
      assert.match(answer.body, new RegExp(`<Error><Code>${code}</Code><Message>[^<]+</Message><RequestId>`));
      const requestId = /<RequestId>(.+)<\/RequestId>/.exec(answer.body)?.[1];
      assert.equal(answer.headers["x-oss-request-id"], requestId);
    });
  }

  it("tells the error of HEAD in a header", async () => {
    const answer = await send("HEAD", "nothing");
    assert.equal(answer.status, 404);
    assert.equal(answer.body, "");
    const error = Buffer.from(String(answer.headers["x-oss-err"]), "base64").toString();
    assert.match(error, /<Code>NoSuchKey<\/Code>/);
  });

  it("verifies and gives back UTF-8 in headers", async () => {
    const put = await send("PUT", "meta", { headers: { "x-oss-meta-title": "ünï 编" }, body: "x" });
    assert.equal(put.status, 200, put.body);
    const title = (await send("HEAD", "meta")).headers["x-oss-meta-title"];
    assert.equal(Buffer.from(String(title), "latin1").toString("utf8"), "ünï 编");
  });

  it("answers a bulk delete as quietly, and in the encoding, as it is asked to", async () => {
    const keys = "<Object><Key>ü &amp; b</Key></Object>";
    const loud = await send("POST", "?delete&encoding-type=url", {
      body: `<Delete><Quiet>false</Quiet>${keys}</Delete>`,
      resource: `/${bucket}/?delete`,
    });
    assert.match(loud.body, /<EncodingType>url<\/EncodingType>/);
    assert.match(loud.body, /<Key>%C3%BC%20%26%20b<\/Key>/);
    const quiet = await send("POST", "?delete", { body: `<Delete><Quiet>true</Quiet>${keys}</Delete>` });
    assert.doesNotMatch(quiet.body, /<Key>/);
  });

  for (const [range, status, body] of [
    ["bytes=0-0", 206, "0"],
    ["bytes=7-", 206, "789"],
    ["bytes=-2", 206, "89"],
    ["bytes=8-99", 206, "89"],
    ["bytes=10-", 200, "0123456789"],
    ["bytes=5-2", 200, "0123456789"],
    ["lines=1-2", 200, "0123456789"],
  ] as const) {
    it(`answers the range ${range} with ${status}`, async () => {
      await send("PUT", "range", { body: "0123456789" });
      const answer = await send("GET", "range", { headers: { range } });
      assert.equal(answer.status, status);
      assert.equal(answer.body, body);
    });
  }

  it("knows its own host in any case", async () => {
    const host = `LOCALHOST:${emulator().port}`;
    assert.equal((await send("PUT", "by-host", { headers: { host }, body: "x" })).status, 200);
  });

  it("refuses a URL that lacks a part of its signature with AccessDenied", async () => {
    const response = await fetch(`${emulator().url}/${bucket}/x?OSSAccessKeyId=active&Signature=x`);
    assert.equal(response.status, 403);
    assert.match(await response.text(), /requires the Signature, Expires and OSSAccessKeyId parameters/);
  });

  it("refuses an object that is too large before it has been sent", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(emulator().port, "127.0.0.1");
      socket.setTimeout(5000, () => socket.destroy(new Error("There was no answer.")));
      socket.on("error", reject);
      socket.once("data", (data) => {
        resolve(data.toString());
        socket.destroy();
      });
      const head = [`PUT /${bucket}/x HTTP/1.1`, `Host: localhost:${emulator().port}`];
      socket.write([...head, `Content-Length: ${5 * 1024 ** 3 + 1}`, "", "x"].join("\r\n"));
    });
    assert.match(answer, /^HTTP\/1.1 400 /);
    assert.match(answer, /<Code>EntityTooLarge<\/Code>/);
  });

  it("reads a folder with files of others in it", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "ens-objects-"));
    try {
      writeFileSync(join(dataDir, "notes.txt"), "not an object");
      mkdirSync(join(dataDir, bucket));
      writeFileSync(join(dataDir, bucket, "notes.txt"), "not an object");
      const other = await startEmulator({ dataDir, accounts: [account], buckets: ["media-assets"] });
      await other.stop();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
