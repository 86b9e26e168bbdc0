import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultAccount } from "../../emulator";
import { readSettings } from "../../examples/browser-upload/settings";
import { sealTicket } from "../../examples/browser-upload/ticket";
import { ossClientOptions } from "../../provider";
import { useEmulator } from "../support/emulator";
import { ExampleServer } from "../support/example-server";
import { cacheFolder, checkout } from "../support/paths";

describe("the server of examples/browser-upload", function () {
  this.timeout(60_000);
  const emulator = useEmulator({
    buckets: [
      { name: "media-assets", physicalBucketName: "media-anywhere" },
      { name: "media-office", physicalBucketName: "media-east" },
    ],
  });
  let folder: string;
  let server: ExampleServer;

  before(async () => {
    // Inside the checkout, whose node_modules it has.
    mkdirSync(cacheFolder, { recursive: true });
    folder = mkdtempSync(join(cacheFolder, "browser-upload-"));
    cpSync(join(checkout, "examples", "browser-upload"), folder, { recursive: true });
    const optionsFor = (physicalBucketName: string) => {
      const endpoint = emulator().objectEndpoint;
      const endpointUrl = `http://${endpoint}`;
      return ossClientOptions({ bucketName: "media-assets", physicalBucketName, endpoint, endpointUrl });
    };
    const outputs = {
      anywhere: optionsFor("media-anywhere"),
      bySite: [{ site: "office", network: "203.0.113.7/24", ossOptions: optionsFor("media-east") }],
    };
    writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputs));
    const env = { ...process.env, ...emulator().environment, TRUSTED_PROXIES: "127.0.0.1" };
    server = await ExampleServer.start(folder, { ...env, TS_NODE_TRANSPILE_ONLY: "1" });
  });

  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => emulator().clearRequests());

  interface Asked {
    readonly origin?: string;
    readonly type?: string;
    readonly forwardedFor?: string;
  }

  /** Asks the server as the page does, or nearly so. */
  async function ask(
    operation: string,
    body: unknown,
    { origin = server.origin, type, forwardedFor }: Asked = {},
  ) {
    const response = await fetch(`${server.origin.replace("localhost", "127.0.0.1")}/api/${operation}`, {
      method: "POST",
      headers: {
        "content-type": type ?? "application/json",
        ...(origin === "" ? {} : { origin }),
        ...(forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor }),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  const file = { name: "a.png", size: 1_500_000, type: "image/png" };

  for (const [client, forwardedFor, bucket] of [
    ["a client of the office", "203.0.113.9", "media-east"],
    ["one that names the office as its origin", "203.0.113.9, 198.51.100.1", "media-anywhere"],
    ["any other client", "198.51.100.1", "media-anywhere"],
  ] as const) {
    it(`presigns for ${client} at ${bucket}`, async () => {
      const { body } = await ask("begin", file, { forwardedFor });
      const { url = "" } = (await ask("sign", { ticket: body.ticket, part: 2 })).body;
      assert.equal(new URL(url).pathname.split("/")[1], bucket);
      const expires = Number(new URL(url).searchParams.get("Expires")) - Date.now() / 1000;
      assert.ok(expires > 500 && expires <= 601, `${expires} s`);
    });
  }

  for (const [what, changes, status] of [
    ["a name with a slash", { name: "../a.png" }, 400],
    ["a name with a backslash", { name: "..\\a.png" }, 400],
    ["a name with a line break", { name: "a\n.png" }, 400],
    ["a name too long", { name: "a".repeat(256) }, 400],
    ["no name", { name: "" }, 400],
    ["a type that can hold scripts", { type: "image/svg+xml" }, 415],
    ["a type that objects have by themselves", { type: "constructor" }, 415],
    ["an empty file", { size: 0 }, 400],
    ["a size that is none", { size: "1" }, 400],
    ["a file too large", { size: 2 * 1024 ** 3 + 1 }, 413],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status: came, body } = await ask("begin", { ...file, ...changes });
      assert.equal(came, status);
      assert.match(body.error ?? "", /\w/);
      assert.equal(emulator().requests.length, 0);
    });
  }

  for (const [what, how, status] of [
    ["another origin", { origin: "https://example.com" }, 403],
    ["no origin", { origin: "" }, 403],
    ["what a form can send", { type: "text/plain" }, 415],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.equal((await ask("begin", file, how)).status, status);
      assert.equal(emulator().requests.length, 0);
    });
  }

  it("makes the key by itself, and takes no ticket but its own", async () => {
    const { ticket = "" } = (await ask("begin", file)).body;
    const [text = "", mark = ""] = ticket.split(".");
    const claims = JSON.parse(Buffer.from(text, "base64url").toString()) as Record<string, unknown>;
    assert.match(String(claims.key), /^uploads\/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}\.png$/);
    const changed = Buffer.from(JSON.stringify({ ...claims, key: "other" })).toString("base64url");
    for (const forged of [`${changed}.${mark}`, text, "", undefined]) {
      assert.equal((await ask("sign", { ticket: forged, part: 1 })).status, 403);
    }
    for (const part of [0, 3, 1.5, "x", null])
      assert.equal((await ask("sign", { ticket, part })).status, 400);
    assert.equal((await ask("complete", { ticket })).status, 409);
  });

  it("asks to begin again when the bucket has moved", async () => {
    const moved = { bucket: "media-moved", key: "a.png", uploadId: "1", name: "a.png", type: "image/png" };
    const ticket = sealTicket({ ...moved, size: 10, partSize: 10 }, defaultAccount.accessKeySecret);
    for (const operation of ["parts", "sign", "complete"]) {
      const { status, body } = await ask(operation, { ticket, part: 1 });
      assert.deepEqual([status, body.error], [410, "The bucket has moved; begin again."]);
    }
  });

  it("does not keep more than was announced", async () => {
    const { ticket } = (await ask("begin", { ...file, size: 10 })).body;
    const { url = "" } = (await ask("sign", { ticket, part: 1 })).body;
    assert.equal((await fetch(url, { method: "PUT", body: Buffer.alloc(11) })).status, 200);
    const { status, body } = await ask("complete", { ticket });
    assert.equal(status, 410);
    assert.match(body.error ?? "", /11 bytes came where 10 were announced/);
    assert.equal((await ask("parts", { ticket })).status, 410);
  });

  it("completes once, however often it is asked", async () => {
    const { ticket } = (await ask("begin", { ...file, size: 10, name: "it's (1).png" })).body;
    const { url = "" } = (await ask("sign", { ticket, part: 1 })).body;
    await fetch(url, { method: "PUT", body: Buffer.alloc(10, "x") });
    const [first, second] = [await ask("complete", { ticket }), await ask("complete", { ticket })];
    assert.equal(second.status, 200);
    assert.equal(second.body.key, first.body.key);
    const read = await fetch(second.body.url ?? "");
    assert.equal(await read.text(), "xxxxxxxxxx");
    assert.equal(read.headers.get("content-disposition"), "inline; filename*=UTF-8''it%27s%20%281%29.png");
  });

  it("serves the page and nothing else, and lets it talk to the storage only", async () => {
    for (const path of [
      "/server.ts",
      "/outputs.json",
      "/%2e%2e/outputs.json",
      "/public/page.js",
      "/api/begin",
    ]) {
      assert.equal((await fetch(server.origin + path)).status, 404, path);
    }
    const { headers } = await fetch(server.origin);
    const policy = headers.get("content-security-policy") ?? "";
    const objects = `http://localhost:${emulator().port}`;
    assert.ok(policy.includes(`connect-src 'self' ${objects};`), policy);
    assert.ok(policy.endsWith(`img-src 'self' ${objects}`), policy);
    assert.ok(!/unsafe|\*/.test(policy), policy);
  });

  it("says what is missing when it is started without outputs, keys or a proper origin", () => {
    assert.throws(() => readSettings({}, "nowhere.json"), /pulumi stack output --json > nowhere\.json/);
    const file = join(folder, "other.json");
    writeFileSync(file, JSON.stringify({ anywhere: {}, bySite: [] }));
    const keys = { ALICLOUD_ACCESS_KEY: "id", ALICLOUD_SECRET_KEY: "secret" };
    const wrong = { ...keys, ORIGIN: "upload.example.com" };
    assert.throws(() => readSettings(wrong, file), /ORIGIN should be a URL such as https/);
    assert.equal(readSettings({ ...keys, ORIGIN: "https://a.test/x" }, file).origin, "https://a.test");
    assert.throws(() => readSettings({}, file), /Set ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY/);
  });
});
