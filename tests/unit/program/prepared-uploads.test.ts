import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { PreparedUpload, PreparedUploads } from "../../../provider";
import { uploadTarget } from "../../../provider/lifecycle/upload-target";
import { promiseOf } from "../../../testing/promise-of";
import { useProgramMocks } from "../../support/program-mocks";

describe("PreparedUploads in a program, with Pulumi's mocks", () => {
  const clientIps = { berlin: pulumi.output("203.0.113.7"), "eu.west": "198.51.100.20" };
  const mocks = useProgramMocks();

  it("registers the type and inputs that the documentation names, and has a target for each site", async () => {
    mocks.answer = { places: { berlin: "media-1@eos.aliyuncs.com", "eu.west": "media-2@localhost:9000" } };
    const uploads = new PreparedUploads("sites", { bucketName: "media-assets", clientIps, triggers: ["v1"] });
    assert.deepEqual(await promiseOf(uploads.targets), {
      berlin: uploadTarget("media-assets", "media-1", "eos.aliyuncs.com"),
      "eu.west": uploadTarget("media-assets", "media-2", "localhost:9000"),
    });
    assert.equal(mocks.seen?.type, "pulumi-nodejs:dynamic/alicloud-ens:PreparedUploads");
    assert.deepEqual(mocks.seen?.inputs, {
      __provider: "exports.handler=()=>require('pulumi-alicloud-ens/prepared-uploads')",
      bucketName: "media-assets",
      clientIps: { berlin: "203.0.113.7", "eu.west": "198.51.100.20" },
      triggers: ["v1"],
    });
    assert.equal(PreparedUploads.isInstance(uploads), true);
    assert.equal(PreparedUpload.isInstance(uploads), false);
  });

  it("has targets that are undefined where nothing was resolved, as --target leaves them", async () => {
    mocks.answer = {};
    const uploads = new PreparedUploads("sites", { bucketName: "media-assets", clientIps });
    assert.equal(await promiseOf(uploads.targets), undefined);
  });
});
