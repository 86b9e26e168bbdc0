import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Bucket, PreparedUpload, Provider } from "../../../provider";
import { isBucketName } from "../../../provider/ens/bucket-name";
import { promiseOf } from "../../../testing/promise-of";
import { useProgramMocks } from "../../support/program-mocks";

class Media extends pulumi.ComponentResource {}

describe("Bucket in a program, with Pulumi's mocks", () => {
  const mocks = useProgramMocks();
  beforeEach(() => {
    mocks.answer = {};
    setMocks({});
  });

  /** Where the program runs. */
  function setMocks({ project = "media-storage", stack = "dev", organization = "acme" }): void {
    const newResource = (args: pulumi.runtime.MockResourceArgs) => {
      mocks.seen = args;
      return { id: String(args.inputs.bucketName), state: { ...args.inputs, ...mocks.answer } };
    };
    pulumi.runtime.setMocks({ newResource, call: () => ({}) }, project, stack, false, organization);
  }

  /** The name that is proposed for what a resource makes. */
  async function proposed(name: string, opts?: pulumi.CustomResourceOptions): Promise<string> {
    await promiseOf(new Bucket(name, {}, opts).urn);
    return String(mocks.seen?.inputs.autoName);
  }

  it("registers the type and inputs that the documentation names, what only check needs, and one constant text", async () => {
    const lifecycleRules = [{ prefix: "tmp/", expirationDays: pulumi.output(7) }];
    const bucket = new Bucket("media", {
      bucketName: pulumi.output("media-assets"),
      bucketAcl: "public-read",
      logicalBucketType: "sink",
      ensRegionId: "cn-beijing-15",
      comment: "for the media team",
      lifecycleRules,
      forceDestroy: true,
      adopt: false,
    });
    assert.equal(await promiseOf(bucket.bucketAcl), "public-read");
    assert.equal(mocks.seen?.type, "pulumi-nodejs:dynamic/alicloud-ens:Bucket");
    const { autoName, claimant, ...inputs } = mocks.seen.inputs;
    assert.match(autoName, /^media-[0-9a-f]{7}$/);
    assert.equal(claimant, 'Bucket "media"');
    assert.deepEqual(inputs, {
      __provider: "exports.handler=()=>require('pulumi-alicloud-ens/bucket')",
      bucketName: "media-assets",
      bucketAcl: "public-read",
      logicalBucketType: "sink",
      ensRegionId: "cn-beijing-15",
      comment: "for the media team",
      lifecycleRules: [{ prefix: "tmp/", expirationDays: 7 }],
      forceDestroy: true,
      adopt: false,
    });
  });

  it("tells the provider which inputs are secrets, in whole or in part", async () => {
    const bucket = new Bucket("media", {
      comment: pulumi.secret("for the media team"),
      lifecycleRules: [{ prefix: pulumi.secret("tmp/"), expirationDays: 7 }],
    });
    await promiseOf(bucket.urn);
    assert.deepEqual(mocks.seen?.inputs.secretInputs, ["comment", "lifecycleRules.*"]);
  });

  it("is recognised among other values", () => {
    const bucket = new Bucket("media", { bucketName: "media-assets" });
    assert.equal(Bucket.isInstance(bucket), true);
    assert.equal(Bucket.isInstance(Bucket.get("found", "media-assets")), true);
    const upload = new PreparedUpload("media", { bucketName: "media-assets" });
    assert.equal(PreparedUpload.isInstance(bucket), false);
    for (const other of [undefined, null, "media-assets", {}, upload, new Media("a:b:C", "c")]) {
      assert.equal(Bucket.isInstance(other), false);
    }
  });

  it("is looked up by get with the bucket as its id, and a provider", async () => {
    mocks.answer = { bucketAcl: "public-read" };
    const provider = new Provider("eu", { profile: "eu" });
    const found = Bucket.get("media", pulumi.output("media-assets"), { provider });
    assert.equal(await promiseOf(found.bucketAcl), "public-read");
    assert.deepEqual([mocks.seen?.id, mocks.seen?.inputs.bucketName], ["media-assets", "media-assets"]);
    assert.match(mocks.seen?.provider ?? "", /::pulumi:providers:pulumi-nodejs::eu::/);
    await promiseOf(Bucket.get("hidden", pulumi.secret("media-assets")).urn);
    // Ids are in clear.
    assert.equal(mocks.seen?.id, "hidden");
  });

  describe("warns of a dispatchScope", () => {
    const { warn } = pulumi.log;
    const warnings: string[] = [];
    before(() =>
      Reflect.set(pulumi.log, "warn", async (message: string, resource?: pulumi.Resource) => {
        warnings.push(`${resource && Reflect.get(resource, "__pulumiType")}: ${message}`);
      }),
    );
    after(() => Reflect.set(pulumi.log, "warn", warn));
    beforeEach(() => {
      warnings.length = 0;
    });
    const node = { ensRegionId: "cn-beijing-15" };

    it("that a sink bucket does not use, also where outputs say so", async () => {
      for (const scope of ["domestic", pulumi.output("domestic" as const)] as const) {
        warnings.length = 0;
        const kind = pulumi.output("sink" as const);
        const bucket = new Bucket("media", { dispatchScope: scope, logicalBucketType: kind, ...node });
        await promiseOf(bucket.urn);
        assert.deepEqual(warnings, [
          "pulumi-nodejs:dynamic/alicloud-ens:Bucket: dispatchScope is for standard buckets; a sink bucket lies on its " +
            "node. Leave it out.",
        ]);
      }
    });

    it("nowhere else", async () => {
      for (const args of [
        {},
        { dispatchScope: "oversea" },
        { dispatchScope: "oversea", logicalBucketType: "standard" },
        { logicalBucketType: "sink", ...node },
        { dispatchScope: undefined, logicalBucketType: "sink", ...node },
        { dispatchScope: null as never, logicalBucketType: "sink", ...node },
      ] as const) {
        await promiseOf(new Bucket("media", args).urn);
      }
      assert.deepEqual(warnings, []);
    });
  });

  describe("is named where the program gives no name", () => {
    it("after the resource, the same in each run", async () => {
      const name = await proposed("media");
      assert.match(name, /^media-[0-9a-f]{7}$/);
      setMocks({});
      assert.equal(await proposed("media"), name);
    });

    it("with the characters that a bucket's name may have, in at most 50", async () => {
      for (const [name, readable] of [
        ["Media Assets", "media-assets"],
        ["media_assets.v2", "media-assets-v2"],
        ["--media--", "media"],
        ["Überblick/größe", "berblick-gr-e"],
        ["a", "a"],
        ["媒体", "bucket"],
        ["___", "bucket"],
        ["m".repeat(200), "m".repeat(42)],
        // Cut right after a hyphen.
        [`${"m".repeat(41)}-assets`, "m".repeat(41)],
      ] as const) {
        const given = await proposed(name);
        assert.match(given, new RegExp(`^${readable}-[0-9a-f]{7}$`));
        assert.ok(isBucketName(given), given);
        assert.ok(given.length <= 50, given);
      }
    });

    it("otherwise for another name, also where both look alike, for another stack, project or organization", async () => {
      const names = [await proposed("media"), await proposed("Media"), await proposed("media_")];
      for (const elsewhere of [{ stack: "prod" }, { project: "logs" }, { organization: "other" }]) {
        setMocks(elsewhere);
        names.push(await proposed("media"));
      }
      // What is before and after a border is told apart.
      setMocks({ project: "a", stack: "bc" });
      names.push(await proposed("media"));
      setMocks({ project: "ab", stack: "c" });
      names.push(await proposed("media"));
      assert.equal(new Set(names).size, names.length, names.join(" "));
    });

    it("otherwise in components of other types, as its URN is, whatever these are called", async () => {
      const one = new Media("example:index:Media", "one");
      const two = new Media("example:index:Media", "two");
      const other = new Media("example:index:Logs", "one");
      const inner = new Media("example:index:Media", "inner", {}, { parent: one });
      const plain = await proposed("media");
      const inOne = await proposed("media", { parent: one });
      assert.notEqual(inOne, plain);
      assert.equal(await proposed("media", { parent: two }), inOne);
      assert.notEqual(await proposed("media", { parent: other }), inOne);
      assert.notEqual(await proposed("media", { parent: inner }), inOne);
    });

    it("also with mocks that name no organization, as a backend of one's own names it", async () => {
      setMocks({ organization: "" });
      const name = await proposed("media");
      setMocks({ organization: "organization" });
      assert.equal(await proposed("media"), name);
    });
  });
});
