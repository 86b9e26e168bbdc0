import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  ossClientOptions,
  PreparedUpload,
  PreparedUploads,
  requireUploadTargets,
  type UploadTarget,
} from "../../provider";
import { uploadTarget } from "../../provider/upload-target";

function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

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

describe("PreparedUpload in a program, with Pulumi's mocks", () => {
  let seen: pulumi.runtime.MockResourceArgs | undefined;
  let answer: Record<string, string> = {};

  before(() =>
    pulumi.runtime.setMocks({
      newResource: (args) => {
        seen = args;
        return { id: String(args.inputs.bucketName), state: { ...args.inputs, ...answer } };
      },
      call: () => ({}),
    }),
  );

  it("registers the type and inputs that the documentation names, and one constant text", async () => {
    answer = { physicalBucketName: "media-assets-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    const upload = new PreparedUpload("media", {
      bucketName: pulumi.output("media-assets"),
      triggers: ["v1"],
    });
    const target: UploadTarget = await resolved(upload.target);
    assert.equal(target.endpointUrl, "https://eos.aliyuncs.com");
    assert.equal(await resolved(upload.endpointUrl), "https://eos.aliyuncs.com");
    assert.equal(await resolved(upload.requestId), "R");
    assert.equal(seen?.type, "pulumi-nodejs:dynamic/alicloud-ens:PreparedUpload");
    assert.deepEqual(seen?.inputs, {
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
    assert.equal(await resolved(upload.bucketName), "other-assets");
    assert.equal(PreparedUpload.isInstance(upload), true);
    assert.equal(upload instanceof pulumi.dynamic.Resource, true);
    for (const other of [undefined, {}, new pulumi.ComponentResource("a:b:C", "c")]) {
      assert.equal(PreparedUpload.isInstance(other), false);
    }
  });

  it("has outputs that are undefined where nothing was resolved, as --target leaves them", async () => {
    answer = {};
    const upload = new PreparedUpload("media", { bucketName: "media-assets" });
    assert.equal(await resolved(upload.target), undefined);
    assert.equal(await resolved(upload.endpointUrl), undefined);
  });
});

describe("PreparedUploads in a program, with Pulumi's mocks", () => {
  const clientIps = { berlin: pulumi.output("203.0.113.7"), "eu.west": "198.51.100.20" };
  let seen: pulumi.runtime.MockResourceArgs | undefined;
  let answer: Record<string, unknown> = {};

  before(() =>
    pulumi.runtime.setMocks({
      newResource: (args) => {
        seen = args;
        return { id: String(args.inputs.bucketName), state: { ...args.inputs, ...answer } };
      },
      call: () => ({}),
    }),
  );

  it("registers the type and inputs that the documentation names, and has a target for each site", async () => {
    answer = { places: { berlin: "media-1@eos.aliyuncs.com", "eu.west": "media-2@localhost:9000" } };
    const uploads = new PreparedUploads("sites", { bucketName: "media-assets", clientIps, triggers: ["v1"] });
    assert.deepEqual(await resolved(uploads.targets), {
      berlin: uploadTarget("media-assets", "media-1", "eos.aliyuncs.com"),
      "eu.west": uploadTarget("media-assets", "media-2", "localhost:9000"),
    });
    assert.equal(seen?.type, "pulumi-nodejs:dynamic/alicloud-ens:PreparedUploads");
    assert.deepEqual(seen?.inputs, {
      __provider: "exports.handler=()=>require('pulumi-alicloud-ens/prepared-uploads')",
      bucketName: "media-assets",
      clientIps: { berlin: "203.0.113.7", "eu.west": "198.51.100.20" },
      triggers: ["v1"],
    });
    assert.equal(PreparedUploads.isInstance(uploads), true);
    assert.equal(PreparedUpload.isInstance(uploads), false);
  });

  it("has targets that are undefined where nothing was resolved, as --target leaves them", async () => {
    answer = {};
    const uploads = new PreparedUploads("sites", { bucketName: "media-assets", clientIps });
    assert.equal(await resolved(uploads.targets), undefined);
  });
});

describe("the upload targets of another stack", () => {
  function arriving(value: unknown): Promise<unknown> {
    const producer = { name: pulumi.output("sites/prod"), getOutput: () => pulumi.output(value) };
    const output = requireUploadTargets(producer as unknown as pulumi.StackReference, "uploads");
    return (output as unknown as { promise(): Promise<unknown> }).promise();
  }
  const berlin = uploadTarget("media-assets", "media-1", "eos.aliyuncs.com");

  it("are handed over as they are", async () => {
    assert.deepEqual(await arriving({ berlin }), { berlin });
  });

  for (const [what, value, expected] of [
    [
      "is missing",
      undefined,
      /"uploads" of the stack sites\/prod is not upload targets by site: there is no such/,
    ],
    ["is a single target", berlin, /for "bucketName", expected an object, got string/],
    [
      "has a broken one",
      { berlin, oslo: { ...berlin, endpoint: "x/y" } },
      /for "oslo", endpoint is not a host/,
    ],
  ] as const) {
    it(`are an error that says how to export them when the output ${what}`, async () => {
      await assert.rejects(arriving(value), expected);
      await assert.rejects(arriving(value), /export const uploads = preparedUploads\.targets;/);
    });
  }
});
