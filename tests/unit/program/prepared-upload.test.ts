import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { PreparedUpload, Provider, type UploadTarget } from "../../../provider";
import { promiseOf } from "../../../testing/promise-of";
import { useProgramMocks } from "../../support/program-mocks";

/** The promises that Pulumi has under way, which are then forgotten. Its types leave it out. */
const { leakedPromises } = require("@pulumi/pulumi/runtime/debuggable") as {
  readonly leakedPromises: () => [Set<Promise<unknown>>, string];
};

describe("PreparedUpload in a program, with Pulumi's mocks", () => {
  const mocks = useProgramMocks();

  it("registers the type and inputs that the documentation names, and one constant text", async () => {
    mocks.answer = { physicalBucketName: "media-assets-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    const upload = new PreparedUpload("media", {
      bucketName: pulumi.output("media-assets"),
      triggers: ["v1"],
    });
    const target: UploadTarget = await promiseOf(upload.target);
    assert.equal(target.endpointUrl, "https://eos.aliyuncs.com");
    assert.equal(await promiseOf(upload.endpointUrl), "https://eos.aliyuncs.com");
    assert.equal(await promiseOf(upload.requestId), "R");
    assert.equal(mocks.seen?.type, "pulumi-nodejs:dynamic/alicloud-ens:PreparedUpload");
    assert.deepEqual(mocks.seen?.inputs, {
      __provider: "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')",
      bucketName: "media-assets",
      triggers: ["v1"],
    });
  });

  it("is recognised among other values, and applies a user's transformations too", async () => {
    const transformation: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props: { ...props, bucketName: "other-assets" },
      opts,
    });
    const upload = new PreparedUpload(
      "media",
      { bucketName: "media-assets" },
      { transformations: [transformation] },
    );
    assert.equal(await promiseOf(upload.bucketName), "other-assets");
    assert.equal(PreparedUpload.isInstance(upload), true);
    assert.equal(upload instanceof pulumi.dynamic.Resource, true);
    for (const other of [undefined, {}, new pulumi.ComponentResource("a:b:C", "c")]) {
      assert.equal(PreparedUpload.isInstance(other), false);
    }
  });

  it("leaves the program's stack traces alone: while it is made, after it, and where it cannot be made", () => {
    const hook = Error.prepareStackTrace;
    let stack: string | undefined;
    const transformation = () => {
      stack = new Error("a transformation's").stack;
      return undefined;
    };
    new PreparedUpload("media", { bucketName: "media-assets" }, { transformations: [transformation] });
    assert.match(stack ?? "", /resource\.ts.*prepared-upload\.test\.ts/s);
    assert.equal(Error.prepareStackTrace, hook);
    assert.throws(() => new PreparedUpload("", { bucketName: "media-assets" }), /Missing resource name/);
    assert.equal(Error.prepareStackTrace, hook);
  });

  for (const { env, expected } of [
    { env: undefined, expected: /^Error$/ },
    { env: "true", expected: /resource\.ts.*prepared-upload\.test\.ts/s },
  ]) {
    it(`lets Pulumi take stacks of promises ${env ? "to look for those that never end" : "only on request"}`, () => {
      process.env.PULUMI_DEBUG_PROMISE_LEAKS = env ?? "";
      leakedPromises();
      new PreparedUpload("media", { bucketName: "media-assets" });
      delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
      const stacks = [...leakedPromises()[0]].map((promise) =>
        String(Reflect.get(promise, "_debugStackTrace")),
      );
      assert.ok(
        stacks.some((stack) => expected.test(stack)),
        stacks.join("\n"),
      );
    });
  }

  it("has outputs that are undefined where nothing was resolved, as --target leaves them", async () => {
    mocks.answer = {};
    const upload = new PreparedUpload("media", { bucketName: "media-assets" });
    assert.equal(await promiseOf(upload.target), undefined);
    assert.equal(await promiseOf(upload.endpointUrl), undefined);
  });

  it("is looked up by get with the bucket as its id, for whom it is asked, and a provider", async () => {
    mocks.answer = { physicalBucketName: "media-assets-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    const provider = new Provider("eu", { profile: "eu" });
    const media = PreparedUpload.get(
      "media",
      pulumi.output("media-assets"),
      { clientIp: "203.0.113.7" },
      { provider },
    );
    assert.equal((await promiseOf(media.target)).physicalBucketName, "media-assets-1");
    assert.equal(await promiseOf(media.id), "media-assets");
    assert.deepEqual(
      [mocks.seen?.id, mocks.seen?.inputs.bucketName, mocks.seen?.inputs.clientIp],
      ["media-assets", "media-assets", "203.0.113.7"],
    );
    assert.match(mocks.seen?.provider ?? "", /::pulumi:providers:pulumi-nodejs::eu::/);
    assert.equal(PreparedUpload.isInstance(media), true);
  });

  it("takes the one of a component's providers that is ours, also from among those of others", async () => {
    class Media extends pulumi.ComponentResource {}
    class Official extends pulumi.ProviderResource {}
    const others = new Official("alicloud", "official", {});
    const eu = new Provider("eu");
    for (const providers of [[others, eu], { alicloud: others, "pulumi-nodejs": eu }]) {
      const parent = new Media("example:index:Media", "component", {}, { providers });
      const upload = new PreparedUpload("media", { bucketName: "media-assets" }, { parent });
      await promiseOf(upload.urn);
      assert.match(mocks.seen?.provider ?? "", /::pulumi:providers:pulumi-nodejs::eu::/);
    }
  });
});
