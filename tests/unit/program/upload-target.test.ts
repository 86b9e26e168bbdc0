import assert from "node:assert/strict";
import { ossClientOptions } from "../../../provider";
import { uploadTarget } from "../../../provider/resource/upload-target";

describe("an upload target", () => {
  it("has the endpoint's URL, https by default", () => {
    assert.deepEqual(uploadTarget("media-assets", "media-assets-1", "eos.aliyuncs.com"), {
      bucketName: "media-assets",
      physicalBucketName: "media-assets-1",
      endpoint: "eos.aliyuncs.com",
      endpointUrl: "https://eos.aliyuncs.com",
    });
  });

  it("becomes options for ali-oss that are secure", () => {
    assert.deepEqual(ossClientOptions(uploadTarget("media-assets", "media-assets-1", "eos.aliyuncs.com")), {
      bucket: "media-assets-1",
      endpoint: "https://eos.aliyuncs.com",
      secure: true,
    });
  });

  it("becomes path-style options for a loopback endpoint, which has no certificate", () => {
    assert.deepEqual(ossClientOptions(uploadTarget("media-assets", "media-assets-1", "localhost:9000")), {
      bucket: "media-assets-1",
      endpoint: "http://localhost:9000",
      secure: false,
      sldEnable: true,
    });
  });
});
