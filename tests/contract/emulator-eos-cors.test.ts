import assert from "node:assert/strict";
import OSS from "ali-oss";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { sendObjectRequest } from "../support/object-request";

const bucket = "media-assets-1";

describe("the emulator's CORS rules", () => {
  const emulator = useEmulator({ buckets: [{ name: "media-assets", physicalBucketName: bucket }] });

  function client(): OSS {
    const endpoint = `http://localhost:${emulator().port}`;
    return new OSS({ ...defaultAccount, endpoint, bucket, sldEnable: true } as OSS.Options);
  }

  function askFirst(origin: string, method: string, headers?: string): Promise<Response> {
    return fetch(`${emulator().url}/${bucket}/x`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": method,
        ...(headers === undefined ? {} : { "access-control-request-headers": headers }),
      },
    });
  }

  const rule: OSS.CORSRule = {
    allowedOrigin: ["https://upload.example.com", "https://*.example.net"],
    allowedMethod: ["GET", "PUT"],
    allowedHeader: ["x-oss-*", "content-type"],
    exposeHeader: ["ETag", "x-oss-request-id"],
    maxAgeSeconds: "60",
  };

  beforeEach(() => client().putBucketCORS(bucket, [rule]));

  it("let no other origin in until a bucket has some", async () => {
    await client().deleteBucketCORS(bucket);
    const refused = await askFirst("https://upload.example.com", "PUT");
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get("access-control-allow-origin"), null);
    assert.match(await refused.text(), /<Code>AccessForbidden<\/Code>.*CORS is not enabled for this bucket/);
    await assert.rejects(client().getBucketCORS(bucket), { code: "NoSuchCORSConfiguration", status: 404 });
    assert.equal((await askFirst("https://upload.example.com", "PUT")).status, 403);
  });

  it("are given back as they were set", async () => {
    assert.deepEqual((await client().getBucketCORS(bucket)).rules, [rule]);
  });

  for (const [origin, method, headers] of [
    ["https://upload.example.com", "PUT", undefined],
    ["https://upload.example.com", "GET", "Content-Type"],
    ["https://a.example.net", "PUT", "x-oss-date, content-type"],
  ] as const) {
    it(`let ${origin} ${method} with ${headers ?? "no headers"}`, async () => {
      const answer = await askFirst(origin, method, headers);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("access-control-allow-origin"), origin);
      assert.equal(answer.headers.get("access-control-allow-methods"), method);
      assert.equal(answer.headers.get("access-control-allow-headers"), headers ?? null);
      assert.equal(answer.headers.get("access-control-expose-headers"), "ETag, x-oss-request-id");
      assert.equal(answer.headers.get("access-control-max-age"), "60");
      assert.equal(answer.headers.get("vary"), "Origin");
    });
  }

  for (const [origin, method, headers] of [
    ["https://example.com", "PUT", undefined],
    ["http://upload.example.com", "PUT", undefined],
    ["https://upload.example.com.evil.test", "PUT", undefined],
    ["https://a.example.net:8443", "PUT", undefined],
    ["https://upload.example.com", "DELETE", undefined],
    ["https://upload.example.com", "PUT", "x-other"],
  ] as const) {
    it(`do not let ${origin} ${method} with ${headers ?? "no headers"}`, async () => {
      const answer = await askFirst(origin, method, headers);
      assert.equal(answer.status, 403);
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      assert.match(await answer.text(), /<Code>AccessForbidden<\/Code>/);
    });
  }

  it("count for the request itself too, refused or not", async () => {
    const url = client().signatureUrl("x", { method: "PUT" });
    const put = (origin: string, to = url) =>
      fetch(to, { method: "PUT", body: Buffer.from("x"), headers: { origin } });
    // What stops a foreign page is its browser, which the lack of a header tells to.
    const foreign = await put("https://example.com");
    assert.equal(foreign.headers.get("access-control-allow-origin"), null);
    const known = await put("https://upload.example.com");
    assert.equal(known.status, 200, await known.clone().text());
    assert.equal(known.headers.get("access-control-allow-origin"), "https://upload.example.com");
    const refused = await put("https://upload.example.com", `${emulator().url}/${bucket}/x`);
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get("access-control-allow-origin"), "https://upload.example.com");
  });

  it("let everyone in with an asterisk", async () => {
    await client().putBucketCORS(bucket, [{ allowedOrigin: "*", allowedMethod: "PUT", allowedHeader: "*" }]);
    assert.equal((await askFirst("http://anyone.test:1234", "PUT", "x-any")).status, 200);
  });

  it("are tried in their order", async () => {
    const other = { ...rule, allowedOrigin: "https://upload.example.com", allowedMethod: "DELETE" };
    await client().putBucketCORS(bucket, [rule, { ...other, exposeHeader: "x-second" }]);
    const answer = await askFirst("https://upload.example.com", "DELETE");
    assert.equal(answer.headers.get("access-control-expose-headers"), "x-second");
  });

  const one = "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";
  for (const [what, rules, code] of [
    ["no rule", "", "MalformedXML"],
    ["a rule without a method", "<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>", "MalformedXML"],
    ["a method of no object", `<CORSRule>${one.replace("GET", "PATCH")}</CORSRule>`, "InvalidArgument"],
    ["two asterisks", `<CORSRule>${one.replace("*", "*.*")}</CORSRule>`, "InvalidArgument"],
    [
      "an age that is no number",
      `<CORSRule>${one}<MaxAgeSeconds>1d</MaxAgeSeconds></CORSRule>`,
      "InvalidArgument",
    ],
    ["eleven rules", `<CORSRule>${one}</CORSRule>`.repeat(11), "InvalidArgument"],
  ] as const) {
    it(`are refused with ${what}: ${code}`, async () => {
      const answer = await sendObjectRequest({
        method: "PUT",
        port: emulator().port,
        path: `/${bucket}/?cors`,
        body: `<CORSConfiguration>${rules}</CORSConfiguration>`,
        account: defaultAccount,
      });
      assert.equal(answer.status, 400);
      assert.match(answer.body, new RegExp(`<Code>${code}</Code>`));
      assert.deepEqual((await client().getBucketCORS(bucket)).rules, [rule]);
    });
  }
});
