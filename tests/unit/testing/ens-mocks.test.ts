import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as ens from "../../../provider";
import { ensMocks, promiseOf } from "../../../testing";

const resource = (type: string, inputs: object = {}) => ({ type, name: "other", inputs, custom: true });

describe("mocks for a user's tests", () => {
  function useMocks(...[options]: Parameters<typeof ensMocks>): void {
    pulumi.runtime.setMocks(ensMocks(options));
  }

  it("answer with the place that a test gives, and with one of their own where it gives none", async () => {
    useMocks({
      buckets: ["media-assets", { name: "logs", physicalBucketName: "logs-1", endpoint: "h:8443" }],
    });
    const media = new ens.PreparedUpload("media", { bucketName: "media-assets" });
    const logs = new ens.PreparedUpload("logs", { bucketName: "logs" });
    const { physicalBucketName, endpointUrl } = await promiseOf(media.target);
    assert.match(physicalBucketName, /^media-assets-[0-9a-f]{6}$/);
    assert.equal(endpointUrl, "https://eos.aliyuncs.com");
    assert.deepEqual(await promiseOf(logs.target), {
      bucketName: "logs",
      physicalBucketName: "logs-1",
      endpoint: "h:8443",
      endpointUrl: "https://h:8443",
    });
    assert.equal(await promiseOf(logs.id), "logs");
  });

  it("answer many sites, each by its address", async () => {
    const berlin = { clientIps: "203.0.113.0/24", endpoint: "eos-berlin.aliyuncs.com" };
    useMocks({ buckets: [{ name: "media-assets", placements: [berlin] }] });
    const clientIps = { berlin: "203.0.113.7", lima: "198.51.100.20" };
    const { targets } = new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps });
    const endpoints = Object.entries(await promiseOf(targets)).map(([site, { endpoint }]) => [
      site,
      endpoint,
    ]);
    assert.deepEqual(Object.fromEntries(endpoints), {
      berlin: "eos-berlin.aliyuncs.com",
      lima: "eos.aliyuncs.com",
    });
  });

  it("say the same in every run, request ids too, and another for every question", async () => {
    const ask = async (clientIp?: string) => {
      useMocks({ buckets: ["media-assets"] });
      const args = { bucketName: "media-assets", ...(clientIp !== undefined ? { clientIp } : {}) };
      const { requestId, target } = new ens.PreparedUpload("media", args);
      return promiseOf({ requestId, target });
    };
    assert.deepEqual(await ask(), await ask());
    assert.notEqual((await ask()).requestId, (await ask("203.0.113.7")).requestId);
  });

  it("answer and refuse look-ups", async () => {
    useMocks({ buckets: ["media-assets"] });
    const found = ens.PreparedUpload.get("found", "media-assets");
    assert.equal(await promiseOf(found.endpoint), "eos.aliyuncs.com");
    const missing = ens.PreparedUpload.get("missing", "other-assets");
    await assert.rejects(promiseOf(missing.endpoint), /bucket "other-assets" failed with NoSuchBucket/);
    const bad = ens.PreparedUpload.get("bad", "media-assets", { clientIp: "x" });
    await assert.rejects(
      promiseOf(bad.endpoint),
      /PreparedUpload\.get cannot ask ENS\.\nclientIp: .*got "x"/s,
    );
  });

  it("refuse inputs with the property and the reason, and a bucket that is not there with its code", async () => {
    useMocks({ buckets: ["media-assets"] });
    const bad = new ens.PreparedUpload("media", { bucketName: "Media", clientIp: "x" });
    await assert.rejects(promiseOf(bad.target), ({ message }: Error) => {
      assert.match(message, /resource 'media': property bucketName has a problem: .*got "Media"/);
      assert.match(message, /property clientIp has a problem: .*got "x"/);
      return true;
    });
    const missing = new ens.PreparedUpload("media", { bucketName: "other-assets" });
    await assert.rejects(promiseOf(missing.target), /bucket "other-assets" failed with NoSuchBucket/);
  });

  it("leave in a preview unknown what only an update finds out, and refuse what a preview refuses", async () => {
    pulumi.runtime.setMocks(ensMocks({ buckets: ["media-assets"] }), "project", "stack", true);
    const isKnown = (output: unknown) => (output as { readonly isKnown: Promise<boolean> }).isKnown;
    const media = new ens.PreparedUpload("media", { bucketName: "media-assets" });
    assert.equal(await promiseOf(media.bucketName), "media-assets");
    assert.equal(await isKnown(media.physicalBucketName), false);
    assert.equal(await promiseOf(media.physicalBucketName), undefined);
    const unknown = { bucketName: media.physicalBucketName, triggers: [[media.endpoint]] };
    const other = new ens.PreparedUpload("other", unknown);
    assert.equal(await isKnown(other.bucketName), false);
    const found = ens.PreparedUpload.get("found", "media-assets");
    assert.equal(await promiseOf(found.endpoint), "eos.aliyuncs.com");
    const notYet = ens.PreparedUpload.get("not-yet", media.physicalBucketName);
    assert.equal(await isKnown(notYet.endpoint), false);
    const bad = new ens.PreparedUpload("bad", { bucketName: "Media" });
    await assert.rejects(promiseOf(bad.bucketName), /property bucketName has a problem/);
  });

  it("keep secret what was secret, and nothing else", async () => {
    useMocks({ buckets: ["media-assets"] });
    const clientIps = { berlin: pulumi.secret("203.0.113.7") };
    const sites = new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps });
    assert.deepEqual(await promiseOf(sites.clientIps), { berlin: "203.0.113.7" });
    assert.equal(await pulumi.isSecret(sites.clientIps), true);
    assert.equal(await pulumi.isSecret(sites.bucketName), false);
    assert.equal(await pulumi.isSecret(sites.places), false);
    const bucketName = pulumi.secret("media-assets");
    const media = new ens.PreparedUpload("media", { bucketName });
    assert.equal(await pulumi.isSecret(media.physicalBucketName), true);
    assert.equal(await pulumi.isSecret(media.endpoint), false);
    const bad = new ens.PreparedUpload("bad", { bucketName, clientIp: pulumi.secret("not-an-address") });
    await assert.rejects(promiseOf(bad.target), ({ message }: Error) => {
      assert.match(message, /resource 'bad' has a problem: clientIp: .*got \[secret\]/);
      return !message.includes("not-an-address");
    });
  });

  it("refuse the settings of an explicit provider where they cannot be used, and only there", async () => {
    useMocks({ buckets: ["media-assets"] });
    const provider = new ens.Provider("asia", { accessKey: pulumi.secret("an-id") });
    const asia = new ens.PreparedUpload("asia", { bucketName: "media-assets" }, { provider });
    await assert.rejects(
      promiseOf(asia.target),
      /has a problem: secretKey of the provider "asia": it is missing/,
    );
    const other = new ens.PreparedUpload("other", { bucketName: "media-assets" });
    assert.equal(await promiseOf(other.endpoint), "eos.aliyuncs.com");
  });

  it("take arguments without a value for those that are left out, as the provider does", async () => {
    useMocks({ buckets: ["media-assets"] });
    const none = pulumi.output(undefined);
    const secret = pulumi.secret(undefined);
    const settings = { region: none, profile: secret, secretKey: none, assumeRole: none, endpoints: secret };
    const provider = new ens.Provider("asia", { ...settings, maxConcurrency: secret, maxRetryTimeout: none });
    const given = { bucketName: "media-assets", clientIp: none, triggers: secret };
    const media = new ens.PreparedUpload("media", given, { provider });
    const again = new ens.PreparedUpload("again", { bucketName: "media-assets", clientIp: media.clientIp });
    assert.deepEqual(await promiseOf(media.target), await promiseOf(again.target));
  });

  it("look at no variable of the machine", async () => {
    const variables = { ALICLOUD_ACCESS_KEY: "half a pair", ALICLOUD_ENDPOINT_ENS: "http://example.com" };
    Object.assign(process.env, variables);
    try {
      useMocks({ buckets: ["media-assets"] });
      const media = new ens.PreparedUpload("media", { bucketName: "media-assets" });
      assert.equal(await promiseOf(media.endpoint), "eos.aliyuncs.com");
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
    }
  });

  it("leave what is not of this package to the test's own mocks", async () => {
    const mocks = ensMocks({
      otherwise: {
        newResource: ({ name, inputs }) => ({ id: `mine-${name}`, state: { ...inputs, arn: "arn" } }),
        call: ({ token }) => ({ token }),
      },
    });
    assert.deepEqual(await mocks.newResource(resource("aws:s3/bucket:Bucket", { acl: "private" })), {
      id: "mine-other",
      state: { acl: "private", arn: "arn" },
    });
    assert.deepEqual(await mocks.call({ token: "aws:index:getRegion", inputs: {} }), {
      token: "aws:index:getRegion",
    });
  });

  it("give it its inputs where the test has no mocks for it", async () => {
    const mocks = ensMocks();
    assert.deepEqual(await mocks.newResource(resource("aws:s3/bucket:Bucket", { acl: "private" })), {
      id: "other-id",
      state: { acl: "private" },
    });
    assert.deepEqual(await mocks.call({ token: "aws:index:getRegion", inputs: { a: 1 } }), { a: 1 });
  });

  it("answer for every resource that the package has", async () => {
    const classes = Object.values(ens).filter(
      (value) => typeof value === "function" && value.prototype instanceof pulumi.dynamic.Resource,
    );
    assert.ok(classes.length >= 2);
    for (const { name } of classes as readonly { readonly name: string }[]) {
      const ours = resource(`pulumi-nodejs:dynamic/alicloud-ens:${name}`);
      await assert.rejects(
        async () => ensMocks().newResource(ours),
        /property bucketName has a problem/,
        name,
      );
    }
  });

  it("leave nothing behind that keeps a runner from ending", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    useMocks({ buckets: ["media-assets"] });
    const clientIps = { berlin: "203.0.113.7" };
    await new Promise(setImmediate);
    const before = timers();
    await promiseOf(new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps }).targets);
    assert.ok(timers() <= before, `${before} timers became ${timers()}`);
  });

  it("refuse a bucket that cannot be, when they are made", () => {
    assert.throws(() => ensMocks({ buckets: ["Media"] }), /the bucket's name should be 3 to 50/);
  });
});
