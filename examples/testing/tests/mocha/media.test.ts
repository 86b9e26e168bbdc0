import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ensMocks, failureOf, promiseOf } from "pulumi-alicloud-ens/testing";
import { Media } from "../../media";

const berlin = {
  clientIps: "203.0.113.0/24",
  physicalBucketName: "media-berlin",
  endpoint: "eos-berlin.aliyuncs.com",
};

describe("Media", () => {
  before(() =>
    pulumi.runtime.setMocks(
      ensMocks({
        buckets: [{ name: "media-assets", physicalBucketName: "media-assets-1", placements: [berlin] }],
      }),
    ),
  );

  it("tells uploaders the physical bucket and its endpoint", async () => {
    const media = new Media("media", { bucketName: "media-assets" });
    assert.deepEqual(JSON.parse(await promiseOf(media.uploaderSettings)), {
      bucket: "media-assets-1",
      endpoint: "https://eos.aliyuncs.com",
      prefix: "incoming/",
    });
  });

  it("sends a client to the storage near it", async () => {
    const media = new Media("media", { bucketName: "media-assets", clientIp: "203.0.113.7" });
    assert.match(await promiseOf(media.uploaderSettings), /https:\/\/eos-berlin\.aliyuncs\.com/);
  });

  it("fails for a bucket that is not there", async () => {
    const { message } = await failureOf(() => new Media("media", { bucketName: "other-assets" }));
    assert.match(message, /NoSuchBucket/);
  });
});
