import assert from "node:assert/strict";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { type ProviderProcessOptions, stopProviderProcesses } from "../support/provider-process";
import { startProvider } from "../support/start-provider";

const inputs = { bucketName: "media-assets" };

describe("asking again, in the provider process", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });

  beforeEach(() => {
    emulator().clearRequests();
    emulator().clearFaults();
  });
  stopProviderProcesses();

  const start = (options?: ProviderProcessOptions) => startProvider(emulator(), options);

  for (const [what, fault, expected] of [
    ["a hang", { kind: "hang" }, /no answer (within 0.5 s|in time)/],
    ["a reset", { kind: "reset" }, /ECONNRESET/],
    ["a page that is no answer", { kind: "body", body: "<html>", contentType: "text/html" }, /not JSON/],
    [
      "an answer without endpoint",
      { kind: "body", body: '{"RequestId":"R","BucketName":"b-1"}' },
      /Endpoint should be/,
    ],
    [
      "an endpoint that is more than a host",
      { kind: "body", body: '{"RequestId":"R","BucketName":"b-1","Endpoint":"u@eos.com/x"}' },
      /Endpoint should be a host/,
    ],
  ] as const) {
    it(`ends in bounded time with a clear error on ${what}`, async () => {
      const timeouts = { "alicloud-ens:clientReadTimeout": "500", "alicloud-ens:maxRetryTimeout": "1" };
      const provider = await start({ config: timeouts });
      emulator().fail({ ...fault, times: 99 });
      const started = Date.now();
      await assert.rejects(provider.create(inputs), expected);
      assert.ok(Date.now() - started < 10_000);
    });
  }

  for (const [what, fault] of [
    ["a hang", { kind: "hang" }],
    ["a reset", { kind: "reset" }],
    ["a page that is no answer", { kind: "body", body: "<html>", contentType: "text/html" }],
    ["an answer cut off", { kind: "body", body: '{"RequestId":"R","BucketN' }],
    ["an empty answer", { kind: "body", body: "" }],
    ["a server error", { kind: "error", code: "InternalError", status: 500 }],
    ["a nonce that was used", { kind: "error", code: "SignatureNonceUsed" }],
    ["throttling", { kind: "error", code: "Throttling.User", status: 429 }],
  ] as const) {
    it(`gets through ${what} by asking again`, async () => {
      const provider = await start({ config: { "alicloud-ens:clientReadTimeout": "500" } });
      emulator().fail({ ...fault, times: 2 });
      await provider.create(inputs);
      assert.equal(emulator().requests.length, 3);
    });
  }

  it("gets through a look-up of the host that fails by asking again", async () => {
    const preload = join(__dirname, "..", "support", "dns-hiccup.cjs");
    const provider = await start({
      config: { "alicloud-ens:endpoint": `http://ens.localhost:${emulator().port}` },
      env: { NODE_OPTIONS: `--require ${preload}` },
    });
    await provider.create(inputs);
    assert.equal(emulator().requests.length, 1);
    const hopeless = await start({
      config: {
        "alicloud-ens:endpoint": `http://ens.localhost:${emulator().port}`,
        "alicloud-ens:maxRetryTimeout": "0",
      },
      env: { NODE_OPTIONS: `--require ${preload}` },
    });
    await assert.rejects(
      hopeless.create(inputs),
      /ens\.localhost.*the host name could not be looked up \(EAI_AGAIN\)/s,
    );
  });

  for (const [header, value, least] of [
    ["x-acs-retry-after", "700", 700],
    ["retry-after", "1", 1000],
  ] as const) {
    it(`waits as long as ${header} says`, async () => {
      const provider = await start();
      emulator().fail({ kind: "error", code: "Throttling.User", headers: { [header]: value } });
      await provider.create(inputs);
      const [first, second] = emulator().requests.map(({ time }) => time.getTime());
      assert.ok((second as number) - (first as number) >= least - 20);
    });
  }

  it("says how often and how long it tried", async () => {
    const provider = await start({ config: { "alicloud-ens:maxRetryTimeout": "1" } });
    emulator().fail({ kind: "error", code: "ServiceUnavailable", status: 503, times: 99 });
    await assert.rejects(
      provider.create(inputs),
      /ServiceUnavailable after \d+ attempts in \d+\.\d s, request id/s,
    );
  });

  it("does not ask again for what the action refused", async () => {
    const provider = await start();
    await assert.rejects(provider.create({ bucketName: "nowhere" }), /NoSuchBucket/);
    const actions = emulator().requests.map(({ action }) => action);
    assert.deepEqual(actions, ["PrepareUpload", "ListBuckets"], "the second for the bucket that was meant");
  });

  it("says by how much a clock is off", async () => {
    const provider = await start();
    emulator().fail({ kind: "error", code: "InvalidTimeStamp.Expired", status: 400 });
    await assert.rejects(provider.create(inputs), /clock is \d+ s (ahead of|behind) that of ENS/);
  });
});

describe("asking again under a quota of 40 calls a second", () => {
  stopProviderProcesses();
  const emulator = useEmulator({ buckets: ["media-assets"], quotaPerSecond: 40 });

  it("gets 400 uploads through that begin at once, with at most 5 % refused and one line for the user", async () => {
    const provider = await startProvider(emulator());
    await Promise.all(Array.from({ length: 400 }, () => provider.create(inputs)));
    const refused = emulator().requests.filter(({ code }) => code === "Throttling.User").length;
    assert.ok(refused > 0 && refused <= 20, `${refused} refused`);
    const lines = provider.stdout.match(/ENS is throttling; \d+ calls? waits?, next try in \d\.\d s/g);
    assert.equal(lines?.length, 1, provider.stdout);
  });
});

describe("calls to STS", () => {
  stopProviderProcesses();
  const roleArn = "acs:ram::123456789012:role/uploader";
  const emulator = useEmulator({ buckets: ["media-assets"], roles: [{ roleArn }] });
  const role = { "alicloud-ens:assumeRole": JSON.stringify({ roleArn }) };

  it("are called so in the error when nobody answers, with the setting that says where STS listens", async () => {
    const endpoints = JSON.stringify([{ ens: emulator().url, sts: "http://127.0.0.1:1" }]);
    const config = { ...role, "alicloud-ens:endpoints": endpoints, "alicloud-ens:maxRetryTimeout": "0" };
    const provider = await startProvider(emulator(), { config });
    await assert.rejects(
      provider.create(inputs),
      /AssumeRole got no usable answer from http:\/\/127\.0\.0\.1:1: nothing listens there .*the setting endpoints\[\]\.sts \(stack configuration alicloud-ens:endpoints\[0\]\.sts\).*`npx pulumi-alicloud-ens emulator --port 1`.*`pulumi config rm --path /s,
    );
  });

  it("are called so while STS throttles, which says nothing of ENS", async () => {
    const headers = { "x-acs-retry-after": "400" };
    emulator().fail({ service: "sts", kind: "error", code: "Throttling.User", headers });
    const endpoints = JSON.stringify([{ ens: emulator().url, sts: emulator().url }]);
    const provider = await startProvider(emulator(), {
      config: { ...role, "alicloud-ens:endpoints": endpoints },
    });
    await provider.create(inputs);
    assert.match(provider.stdout, /STS is throttling; 1 call waits, next try in \d\.\d s/);
    assert.doesNotMatch(provider.stdout, /ENS is throttling/);
  });
});
