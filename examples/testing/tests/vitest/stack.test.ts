import type { Stack } from "@pulumi/pulumi/automation";
import { defaultAccount, type Emulator, startEmulator } from "pulumi-alicloud-ens/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, hasPulumi } from "../emulated-stack";

describe("the stack", { timeout: 300_000 }, () => {
  let emulator: Emulator;
  let stack: Stack;
  let remove: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    emulator = await startEmulator({ buckets: ["media-assets"] });
    if (await hasPulumi()) ({ stack, remove } = await createStack(emulator));
  }, 300_000);

  afterAll(async () => {
    await remove?.();
    await emulator.stop();
  }, 300_000);

  it("tells what the account may not do, and works once it may", async ({ skip }) => {
    skip(remove === undefined);
    emulator.setAccount({ ...defaultAccount, status: "noPermission" });
    await expect(stack.up()).rejects.toThrow("ens:PrepareUpload");
    emulator.setAccount(defaultAccount);
    const { outputs } = await stack.up();
    expect(JSON.parse(outputs.uploaderSettings?.value)).toMatchObject({
      bucket: emulator.buckets.get("media-assets")?.physicalBucketName,
      prefix: "incoming/",
    });
  });
});
