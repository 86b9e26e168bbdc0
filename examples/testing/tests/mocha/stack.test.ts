import assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { type Emulator, startEmulator } from "pulumi-alicloud-ens/testing";
import { createStack, hasPulumi } from "../emulated-stack";

describe("the stack", function () {
  this.timeout(300_000);
  let emulator: Emulator;
  let stack: Stack;
  let remove: (() => Promise<void>) | undefined;

  before(async function () {
    emulator = await startEmulator({ buckets: ["media-assets"] });
    if (!(await hasPulumi())) this.skip();
    ({ stack, remove } = await createStack(emulator));
  });

  after(async () => {
    await remove?.();
    await emulator.stop();
  });

  async function bucketOfUploaders(): Promise<string> {
    const { outputs } = await stack.up({ refresh: true });
    return JSON.parse(outputs.uploaderSettings?.value).bucket;
  }

  it("tells uploaders where the bucket is, and where it has moved to", async () => {
    const place = emulator.buckets.get("media-assets");
    assert.equal(await bucketOfUploaders(), place?.physicalBucketName);
    const moved = emulator.move("media-assets");
    assert.equal(await bucketOfUploaders(), moved.physicalBucketName);
    assert.notDeepEqual(moved, place);
  });
});
