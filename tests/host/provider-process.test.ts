import assert from "node:assert/strict";
import { join } from "node:path";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { type ProviderProcessOptions, stopProviderProcesses } from "../support/provider-process";
import { startProvider } from "../support/start-provider";

describe("the provider process", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });

  beforeEach(() => {
    emulator().clearRequests();
    emulator().clearFaults();
  });
  stopProviderProcesses();

  const start = (options?: ProviderProcessOptions) => startProvider(emulator(), options);

  const inputs = { bucketName: "media-assets", clientIp: "203.0.113.7", triggers: ["v1", { nested: [1] }] };

  it("is configured before any of many concurrent first calls", async () => {
    const provider = await start();
    const results = await Promise.all(Array.from({ length: 40 }, () => provider.create(inputs)));
    assert.equal(new Set(results.map(({ requestId }) => requestId)).size, 40);
    assert.ok(
      emulator().requests.every(
        (request) => request.accessKeyId === defaultAccount.accessKeyId && request.status === 200,
      ),
    );
  });

  it("returns every output from create and from update", async () => {
    const provider = await start();
    const created = await provider.create(inputs);
    const place = emulator().buckets.get("media-assets");
    const expected = {
      ...inputs,
      physicalBucketName: place?.physicalBucketName,
      endpoint: place?.endpoint,
      requestId: emulator().requests.at(-1)?.requestId,
    };
    assert.deepEqual(created, expected);
    const news = { ...inputs, triggers: ["v2"] };
    const updated = await provider.update(created, news);
    assert.deepEqual(updated, { ...expected, ...news, requestId: emulator().requests.at(-1)?.requestId });
  });

  it("gives an unmoved state back as it was", async () => {
    const provider = await start();
    const state = await provider.create(inputs);
    assert.deepEqual(await provider.read(state), { id: "media-assets", state });
  });

  it("refuses a look-up that cannot be asked, all at once, and one of a bucket that is not there", async () => {
    const provider = await start({ config: { "alicloud-ens:clientReadTimeout": "soon" } });
    await assert.rejects(
      provider.read({ clientIp: "1.1.1.1/8" }, "Media"),
      /PreparedUpload\.get cannot ask ENS\.\nbucketName: expected .* got "Media".*\nclientIp: expected .* got "1\.1\.1\.1\/8".*\nalicloud-ens:clientReadTimeout: expected/s,
    );
    assert.equal(emulator().requests.length, 0);
    await assert.rejects(
      (await start()).read({}, "no-such-bucket"),
      /bucket "no-such-bucket".*has no EOS bucket of that name/,
    );
  });

  it("calls an explicit provider by its name where it says whose keys were refused and how to set others", async () => {
    const provider = await start({
      config: { "alicloud-ens:provider": "eu", "alicloud-ens:secretKey": "wrong" },
    });
    await assert.rejects(
      provider.create(inputs),
      /SignatureDoesNotMatch.* access key from argument accessKey of the provider "eu"\.\nSet the right one: `new ens\.Provider\("eu", \{ secretKey: "<secret>" \}\)`\./,
    );
  });

  it("reads by the id alone, as a look-up of Pulumi's does", async () => {
    const provider = await start();
    const { id, state } = await provider.read({}, "media-assets");
    assert.equal(id, "media-assets");
    assert.equal(state.bucketName, "media-assets");
    assert.equal(state.physicalBucketName, emulator().buckets.get("media-assets")?.physicalBucketName);
  });

  it("reports drift once, to the diff that follows the read that found it", async () => {
    const provider = await start();
    const state = await provider.create(inputs);
    emulator().move("media-assets");
    const { state: moved } = await provider.read(state);
    assert.notEqual(moved.physicalBucketName, state.physicalBucketName);
    assert.deepEqual(await provider.diff(moved, inputs), { changes: true, replaces: [] });
    assert.deepEqual(await provider.diff(moved, inputs), { changes: false, replaces: [] });
  });

  it("ignores how the provider is named and everything computed in a diff", async () => {
    const provider = await start();
    const __provider = 'exports.handler = () => require("pulumi-alicloud-ens/prepared-upload");';
    const state = { ...(await provider.create(inputs)), __provider };
    assert.deepEqual(await provider.diff(state, inputs), { changes: false, replaces: [] });
  });

  it("lets values pass that are not known yet", async () => {
    const provider = await start();
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.deepEqual(await provider.check({ bucketName: unknown, clientIp: unknown, triggers: unknown }), []);
    assert.deepEqual(await provider.check({ bucketName: unknown, triggers: [unknown] }), []);
  });

  it("takes null for an input that is left out", async () => {
    const provider = await start();
    const nulls = { bucketName: "media-assets", clientIp: null, triggers: null };
    assert.deepEqual(await provider.check(nulls), []);
    const state = await provider.create(nulls);
    assert.equal(emulator().requests.at(-1)?.clientIp, undefined);
    assert.deepEqual(Object.keys(state).sort(), [
      "bucketName",
      "endpoint",
      "physicalBucketName",
      "requestId",
    ]);
    assert.deepEqual(await provider.diff(state, nulls), { changes: false, replaces: [] });
  });

  it("refuses inputs of wrong types, all at once, with what was expected and what came", async () => {
    const provider = await start();
    const failures = await provider.check({ bucketName: 7, clientIp: ["1.1.1.1"], triggers: "v1" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["bucketName", "clientIp", "triggers"],
    );
    assert.match(failures[0]?.reason ?? "", /expected .* got 7/);
    assert.match(failures[2]?.reason ?? "", /expected a list.*got "v1"/s);
    assert.match((await provider.check({}))[0]?.reason ?? "", /got nothing/);
  });

  it("reports settings that cannot be used as failures of check", async () => {
    const provider = await start({
      config: { "alicloud-ens:secretKey": "", "alicloud-ens:endpoint": "http://ens.aliyuncs.com" },
    });
    const named = (await provider.check(inputs)).map(({ property, reason }) => [
      property,
      reason.split(": ")[0],
    ]);
    assert.deepEqual(named, [
      ["", "alicloud-ens:secretKey"],
      ["", "alicloud-ens:endpoint"],
    ]);
  });

  it("loads the vendor's SDK for the first call, and for nothing before it", async () => {
    const preload = join(__dirname, "..", "support", "report-loads.cjs");
    const provider = await start({ env: { NODE_OPTIONS: `--require ${preload}` } });
    const state = { ...inputs, physicalBucketName: "p-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    await provider.check(inputs);
    await provider.diff(state, inputs);
    await provider.delete(state);
    assert.doesNotMatch(provider.stderr, /loads @alicloud/);
    await provider.create(inputs);
    assert.match(provider.stderr, /loads @alicloud\/openapi-client/);
    // Only what asks the object storage needs it.
    assert.doesNotMatch(provider.stderr, /loads ali-oss/);
  });

  it("shows a failure once, without a stack trace", async () => {
    const provider = await start();
    const state = await provider.create(inputs);
    emulator().fail({ kind: "error", code: "NoPermission", status: 400, message: "Permission denied." });
    await assert.rejects(provider.read(state), /The user or role of the keys/);
    assert.equal(provider.stderr.match(/failed with NoPermission/g)?.length, 1);
    assert.doesNotMatch(provider.stderr, /\n\s+at /);
  });

  it("tells every call of a failure that they share", async () => {
    const provider = await start({
      config: {
        "alicloud-ens:accessKey": "",
        "alicloud-ens:secretKey": "",
        "alicloud-ens:credentialsUri": "http://127.0.0.1:1",
      },
    });
    const ends = await Promise.allSettled([1, 2, 3].map(() => provider.create(inputs)));
    for (const end of ends) {
      assert.match(
        String(end.status === "rejected" && end.reason),
        /No credentials from the credentials URI .*ECONNREFUSED/s,
      );
    }
  });
});
