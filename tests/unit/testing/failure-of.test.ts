import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as ens from "../../../provider";
import { ensMocks, failureOf, promiseOf } from "../../../testing";

/** The promises that Pulumi has under way, which are then forgotten. Its types leave it out. */
const { leakedPromises } = require("@pulumi/pulumi/runtime/debuggable") as {
  readonly leakedPromises: () => [Set<Promise<unknown>>, string];
};

class Media extends pulumi.ComponentResource {
  readonly uploaders: pulumi.Output<string>;

  constructor(name: string, bucketName: pulumi.Input<string>) {
    super("example:index:Media", name);
    const { target } = new ens.PreparedUpload(name, { bucketName }, { parent: this });
    this.uploaders = pulumi.jsonStringify(target);
    new ens.PreparedUpload(`${name}-copy`, { bucketName: target.bucketName }, { parent: this });
    this.registerOutputs({ uploaders: this.uploaders });
  }
}

describe("a failure that a user's test expects", () => {
  const unhandled: unknown[] = [];
  const count = (error: unknown) => unhandled.push(error);

  before(() => process.on("unhandledRejection", count));
  beforeEach(() => {
    unhandled.length = 0;
    pulumi.runtime.setMocks(ensMocks({ buckets: ["media-assets"] }));
  });
  after(() => process.off("unhandledRejection", count));

  /** Node tells of a rejection once nothing else is to be done. */
  async function rejections(): Promise<readonly unknown[]> {
    await pause(20);
    return unhandled;
  }

  it("is the provider's error, whatever made the resource, and nothing rejects or waits after it", async () => {
    for (const make of [
      () => new ens.PreparedUpload("media", { bucketName: "other-assets" }),
      () => ens.PreparedUpload.get("media", "other-assets").endpointUrl,
      () => new Media("media", "other-assets"),
      async () => {
        const { target } = new ens.PreparedUpload("first", { bucketName: "media-assets" });
        const { physicalBucketName } = await promiseOf(target);
        return promiseOf(new Media("media", physicalBucketName).uploaders);
      },
    ]) {
      const { message } = await failureOf(make);
      assert.match(message, /^PrepareUpload for bucket "[\w-]+" failed with NoSuchBucket/);
      assert.deepEqual(await rejections(), []);
    }
    assert.equal(leakedPromises()[0].size, 0);
  });

  it("is of other mocks, of a constructor or of an output too", async () => {
    const newResource = () => {
      throw new Error("no quota");
    };
    pulumi.runtime.setMocks(ensMocks({ otherwise: { newResource } }));
    assert.equal((await failureOf(() => new pulumi.ComponentResource("a:b:C", "c"))).message, "no quota");
    const missing = await failureOf(() => new ens.PreparedUpload("", { bucketName: "media-assets" }));
    assert.match(missing.message, /Missing resource name/);
    const stacks = (args: pulumi.runtime.MockResourceArgs) => ({
      id: "x",
      state: { ...args.inputs, outputs: {} },
    });
    pulumi.runtime.setMocks(ensMocks({ otherwise: { newResource: stacks } }));
    const failure = await failureOf(() =>
      ens.requireUploadTarget(new pulumi.StackReference("organization/storage/prod"), "uploads"),
    );
    assert.equal(ens.UploadTargetError.isInstance(failure), true);
    assert.deepEqual(await rejections(), []);
  });

  it("is of what was made within, and not of what was made before or is made after", async () => {
    const before = new ens.PreparedUpload("before", { bucketName: "media-assets" });
    await failureOf(() => new ens.PreparedUpload("media", { bucketName: "other-assets" }));
    const after = new ens.PreparedUpload("after", { bucketName: "media-assets" });
    assert.deepEqual(await promiseOf(before.target), await promiseOf(after.target));
    const unexpected = new ens.PreparedUpload("unexpected", { bucketName: "other-assets" });
    await assert.rejects(promiseOf(unexpected.target), /NoSuchBucket/);
    assert.notEqual((await rejections()).length, 0, "a failure that no test expects is loud");
  });

  it("is told to be missing, once all that was made is there", async () => {
    await assert.rejects(
      failureOf(() => new Media("media", "media-assets")),
      /^Error: Nothing failed: .*`buckets`/s,
    );
  });

  it("cannot be that of a resource that is already made", async () => {
    const made = new ens.PreparedUpload("media", { bucketName: "media-assets" });
    await assert.rejects(failureOf(made as never), /^ProgramError: failureOf takes a function/);
  });

  it("is handled where promiseOf rejects with it, if no resource failed", async () => {
    const output = pulumi.output("x").apply(() => {
      throw new Error("no such thing");
    });
    await assert.rejects(promiseOf(output), /no such thing/);
    assert.deepEqual(await rejections(), []);
  });
});
