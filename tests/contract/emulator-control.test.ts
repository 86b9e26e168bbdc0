import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { defaultAccount, startEmulator } from "../../emulator";
import { useEmulator } from "../support/emulator";

describe("the emulator's control API", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });

  async function control(method: string, path: string, body?: unknown) {
    const response = await fetch(`${emulator().url}/_emulator/${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it("adds, moves, shows and removes buckets", async () => {
    await control("PUT", "buckets/other-assets", { physicalBucketName: "other-1" });
    assert.equal(emulator().buckets.get("other-assets")?.physicalBucketName, "other-1");
    const { body: moved } = await control("POST", "buckets/other-assets/move");
    assert.equal(emulator().buckets.get("other-assets")?.physicalBucketName, moved.physicalBucketName);
    assert.notEqual(moved.physicalBucketName, "other-1");
    assert.deepEqual((await control("GET", "buckets")).body["other-assets"], moved);
    await control("DELETE", "buckets/other-assets");
    assert.equal(emulator().buckets.has("other-assets"), false);
  });

  it("gives a bucket the properties and the owner that are named", async () => {
    const properties = {
      accountId: "2",
      bucketAcl: "public-read",
      logicalBucketType: "sink",
      ensRegionId: "cn-beijing-15",
      dispatchScope: "domestic",
      comment: "of another account",
    };
    const { body } = await control("PUT", "buckets/sink-assets", properties);
    assert.deepEqual({ ...body, ...properties }, body);
    await control("DELETE", "buckets/sink-assets");
  });

  it("changes rules, each by itself", async () => {
    const { default: Rpc } = await import("@alicloud/pop-core");
    const client = new Rpc({ ...defaultAccount, endpoint: emulator().url, apiVersion: "2017-11-10" });
    const codeOf = (action: string, parameters: object) =>
      client.request(action, parameters).then(
        () => undefined,
        ({ code }: { code: string }) => code,
      );
    const bucket = { BucketName: "new-assets" };
    const sink = { ...bucket, EnsRegionId: "cn-beijing-15" };
    await control("PATCH", "rules", { bucketQuota: 1 });
    assert.equal(await codeOf("PutBucket", sink), "TooManyBuckets");
    await control("PATCH", "rules", { ensRegions: { "cn-beijing-15": "notPurchased" } });
    assert.equal(await codeOf("PutBucket", sink), "OperationDenied");
    await control("PATCH", "rules", { lag: { createMs: 3_600_000, changeMs: 1 }, updateBucketInfo: false });
    await control("PATCH", "rules", { lag: { storageMs: 0 } });
    assert.equal(await codeOf("UpdateBucketInfo", bucket), "InvalidAction.NotFound");
    await control("PATCH", "rules", { bucketQuota: 20 });
    assert.equal(await codeOf("PutBucket", bucket), undefined);
    assert.equal(await codeOf("GetBucketAcl", bucket), "NoSuchBucket");
    await control("PATCH", "rules", { lag: { createMs: 0 }, updateBucketInfo: true });
    assert.equal(await codeOf("UpdateBucketInfo", { ...bucket, Comment: "new" }), "NoSuchBucket");
    await control("DELETE", "buckets/new-assets");
    await control("DELETE", "requests");
  });

  it("counts the connections that were opened to it", async () => {
    const before = emulator().connections;
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    const ask = () =>
      new Promise((resolve) => {
        request(`${emulator().url}/_emulator/health`, { agent }, (response) => {
          response.resume().on("end", resolve);
        }).end();
      });
    await Promise.all([ask(), ask(), ask(), ask()]);
    agent.destroy();
    assert.equal(emulator().connections - before, 2);
  });

  it("sets accounts and faults, and tells what was asked", async () => {
    const { default: Rpc } = await import("@alicloud/pop-core");
    const [endpoint, apiVersion] = [emulator().url, "2017-11-10"];
    const client = new Rpc({ accessKeyId: "another", accessKeySecret: "s", endpoint, apiVersion });
    const codeOfCall = () =>
      client.request("PrepareUpload", { BucketName: "media-assets" }).then(
        () => undefined,
        ({ code }: { code: string }) => code,
      );
    await control("PUT", "accounts/another", { accessKeySecret: "s", status: "arrears" });
    assert.equal(await codeOfCall(), "UserDisable");
    await control("PUT", "accounts/another", { accessKeySecret: "s" });
    await control("POST", "faults", { kind: "error", code: "InternalError", status: 500, times: 2 });
    assert.equal(await codeOfCall(), "InternalError");
    await control("DELETE", "faults");
    for (const kind of ["reset", "lostAnswer"]) {
      await control("POST", "faults", { kind, service: "ens", action: "PrepareUpload" });
      assert.equal(await codeOfCall(), "ECONNRESET");
    }
    assert.equal(await codeOfCall(), undefined);
    const seen = (await control("GET", "requests")).body as unknown as readonly { readonly code?: string }[];
    assert.deepEqual(
      seen.map(({ code }) => code),
      ["UserDisable", "InternalError", "reset", "lostAnswer", undefined],
    );
    assert.equal((await control("DELETE", "requests")).status, 200);
    assert.deepEqual((await control("GET", "requests")).body, []);
    assert.equal((await control("GET", "health")).body.status, "up");
  });

  for (const [method, path, body, expected] of [
    ["PUT", "buckets/A_", undefined, /3 to 50 lowercase/],
    ["PUT", "buckets/abc", { placements: [{ clientIps: "everywhere" }] }, /clientIps should be an address/],
    ["PUT", "buckets/abc", { placements: 5 }, /^placements should be a list, got 5/],
    [
      "PUT",
      "buckets/abc",
      { placements: [{ clientIps: 5 }] },
      /^placements\[0\]\.clientIps should be a text, got 5/,
    ],
    ["PUT", "buckets/abc", { endpoint: "http://eos" }, /^endpoint should be a host .* got "http:\/\/eos"/],
    ["PUT", "buckets/abc", { bucketAcl: "public" }, /^bucketAcl should be one of private, .* got "public"/],
    ["PATCH", "rules", { bucketQouta: 3 }, /^bucketQouta is unknown; there is bucketQuota/],
    ["PATCH", "rules", { bucketQuota: -1 }, /^bucketQuota should be a whole number from 0/],
    ["PATCH", "rules", { lag: 5 }, /^lag should be a JSON object/],
    ["PATCH", "rules", { lag: { readMs: 5 } }, /^lag\.readMs is unknown; there is createMs/],
    [
      "PATCH",
      "rules",
      { lag: { createMs: "5" } },
      /^lag\.createMs should be a whole number from 0 .* got "5"/,
    ],
    ["PATCH", "rules", { ensRegions: ["a"] }, /^ensRegions should be an object of texts/],
    [
      "PATCH",
      "rules",
      { ensRegions: { "cn-1": "sold" } },
      /^ensRegions\.cn-1 should be one of purchased, not/,
    ],
    ["PATCH", "rules", { updateBucketInfo: "no" }, /^updateBucketInfo should be true or false, got "no"/],
    ["PUT", "buckets/%zz", undefined, /percent-encoded/],
    [
      "POST",
      "buckets/media-assets/move",
      { physicalBucket: "x" },
      /physicalBucket is unknown; there is physicalB/,
    ],
    ["POST", "buckets/nowhere/move", undefined, /no bucket "nowhere"/],
    ["POST", "faults", { kind: "earthquake" }, /kind should be one of error, body, reset, lostAnswer, hang/],
    ["POST", "faults", { kind: "error" }, /^code should be a text, got nothing/],
    ["POST", "faults", { kind: "hang", service: "s3" }, /^service should be one of ens, sts, oss, got "s3"/],
    [
      "POST",
      "faults",
      { kind: "hang", action: "PrepareUplaod" },
      /^action should be one of .*PrepareUpload for/,
    ],
    ["POST", "faults", { kind: "hang", action: "AssumeRole" }, /for the service ens, got "AssumeRole"/],
    ["POST", "faults", { kind: "hang", service: "oss", action: "PUT" }, /^action should be left out for/],
    ["POST", "faults", { kind: "lostAnswer", body: "x" }, /^body is unknown/],
    ["POST", "faults", { kind: "hang", after: -1 }, /^after should be a whole number from 0/],
    [
      "POST",
      "faults",
      { kind: "error", code: "X", status: "500" },
      /^status should be a whole number from 200/,
    ],
    [
      "POST",
      "faults",
      { kind: "error", code: "X", headers: { a: 1 } },
      /^headers should be an object of texts/,
    ],
    ["POST", "faults", { kind: "hang", times: 0 }, /^times should be a whole number from 1/],
    ["POST", "faults", { kind: "reset", body: "x" }, /^body is unknown/],
    ["PUT", "accounts/x", {}, /accessKeySecret/],
    ["PUT", "accounts/x", { accessKeySecret: "s", status: "rich" }, /status should be one of/],
    [
      "PUT",
      "accounts/x",
      { accessKeySecret: "s", expires: "soon" },
      /expires should be an ISO 8601 date, got "soon"/,
    ],
    ["PUT", "accounts/x", { accessKeySecret: "s", policy: "{}" }, /^policy should be a RAM policy as JSON/],
    ["PUT", "accounts/x", [], /JSON object/],
  ] as const) {
    it(`refuses ${method} ${path} ${JSON.stringify(body) ?? ""} and says what it expects`, async () => {
      const before = JSON.stringify([...emulator().buckets]);
      const answer = await control(method, path, body);
      assert.equal(answer.status, 400);
      assert.equal(JSON.stringify([...emulator().buckets]), before);
      assert.match(String(answer.body.error), expected);
    });
  }

  it("tells what there is when asked for something else", async () => {
    const answer = await control("GET", "nothing");
    assert.equal(answer.status, 404);
    assert.match(String(answer.body.error), /POST buckets\/\*\/move/);
  });

  for (const [what, headers] of [
    ["a web page", { origin: "https://example.com" }],
    ["a page under a name rebound to this machine", { host: "evil.example.com" }],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const status = await new Promise((resolve, reject) => {
        const options = { method: "DELETE", headers };
        request(`${emulator().url}/_emulator/buckets/media-assets`, options, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      assert.equal(status, 403);
      assert.ok(emulator().buckets.has("media-assets"));
    });
  }
});

describe("starting the emulator", () => {
  it("gives a bucket the same physical name every time", async () => {
    const names = new Set<string | undefined>();
    for (let round = 0; round < 2; round += 1) {
      const emulator = await startEmulator({ buckets: ["media-assets"] });
      names.add(emulator.buckets.get("media-assets")?.physicalBucketName);
      await emulator.stop();
    }
    assert.equal(names.size, 1);
  });

  it("stops at once, also with connections open, and twice", async () => {
    const emulator = await startEmulator({ buckets: ["media-assets"] });
    emulator.fail({ kind: "hang" });
    const { default: Rpc } = await import("@alicloud/pop-core");
    const client = new Rpc({ ...defaultAccount, endpoint: emulator.url, apiVersion: "2017-11-10" });
    const hanging = client.request("PrepareUpload", { BucketName: "media-assets" }).catch(() => "cut");
    while (emulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await emulator.stop();
    await emulator.stop();
    assert.equal(await hanging, "cut");
  });

  it("refuses to let other machines in unless told to", async () => {
    await assert.rejects(startEmulator({ host: "0.0.0.0" }), /allowRemote/);
  });

  it("tells clients a loopback address when other machines are let in", async () => {
    const emulator = await startEmulator({ host: "0.0.0.0", allowRemote: true });
    await emulator.stop();
    assert.equal(emulator.url, `http://127.0.0.1:${emulator.port}`);
    assert.equal(emulator.environment.ALIBABA_CLOUD_ENDPOINT_ENS, emulator.url);
  });

  it("leaves its port free when its folder cannot hold objects", async () => {
    const { port, stop } = await startEmulator();
    await stop();
    await assert.rejects(startEmulator({ port, dataDir: __filename }), /dataDir .* cannot hold objects/);
    await (await startEmulator({ port })).stop();
  });

  it("says when its port is taken", async () => {
    const emulator = await startEmulator();
    await assert.rejects(startEmulator({ port: emulator.port }), /port \d+ .* is taken/);
    await emulator.stop();
  });

  it("logs requests without any secret", async () => {
    const lines: string[] = [];
    const emulator = await startEmulator({ buckets: ["media-assets"], log: (line) => lines.push(line) });
    const { default: Rpc } = await import("@alicloud/pop-core");
    const client = new Rpc({ ...defaultAccount, endpoint: emulator.url, apiVersion: "2017-11-10" });
    await client.request("PrepareUpload", { BucketName: "media-assets" });
    await emulator.stop();
    assert.match(lines.join("\n"), /^ens PrepareUpload media-assets → 200/);
    assert.doesNotMatch(lines.join("\n"), new RegExp(`${defaultAccount.accessKeySecret}|Signature=`));
  });
});
