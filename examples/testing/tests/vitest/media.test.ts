import * as pulumi from "@pulumi/pulumi";
import { ensMocks, failureOf, promiseOf } from "pulumi-alicloud-ens/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Media } from "../../media";

const berlin = {
  clientIps: "203.0.113.0/24",
  physicalBucketName: "media-berlin",
  endpoint: "eos-berlin.aliyuncs.com",
};

const mocks = ensMocks({
  buckets: [{ name: "media-assets", physicalBucketName: "media-assets-1", placements: [berlin] }],
});

beforeEach(() => pulumi.runtime.setMocks(mocks, "testing"));

describe("Media", () => {
  it("tells uploaders the physical bucket and its endpoint", async () => {
    const media = new Media("media", { bucketName: "media-assets" });
    expect(JSON.parse(await promiseOf(media.uploaderSettings))).toEqual({
      bucket: "media-assets-1",
      endpoint: "https://eos.aliyuncs.com",
      prefix: "incoming/",
    });
  });

  it("sends a client to the storage near it", async () => {
    const media = new Media("media", { bucketName: "media-assets", clientIp: "203.0.113.7" });
    expect(await promiseOf(media.uploaderSettings)).toContain("https://eos-berlin.aliyuncs.com");
  });

  it("fails for a bucket that is not there", async () => {
    const { message } = await failureOf(() => new Media("media", { bucketName: "other-assets" }));
    expect(message).toContain("NoSuchBucket");
  });
});

describe("the program", () => {
  it("takes the bucket of the stack's configuration", async () => {
    pulumi.runtime.setAllConfig({ "testing:bucketName": "other-assets" });
    // Importing a program makes its resources: that comes after the mocks are set, and again for every test.
    vi.resetModules();
    const { message } = await failureOf(() => import("../../index.js"));
    expect(message).toContain('bucket "other-assets"');
  });
});
