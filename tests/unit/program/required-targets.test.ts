import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { requireUploadTarget, requireUploadTargets } from "../../../provider";
import { uploadTarget } from "../../../provider/lifecycle/upload-target";
import { promiseOf } from "../../../testing/promise-of";

describe("the upload targets of another stack", () => {
  function arriving(value: unknown): Promise<unknown> {
    const producer = { name: pulumi.output("sites/prod"), getOutput: () => pulumi.output(value) };
    return promiseOf(requireUploadTargets(producer as unknown as pulumi.StackReference, "uploads"));
  }
  const berlin = uploadTarget("media-assets", "media-1", "eos.aliyuncs.com");

  it("are handed over as they are", async () => {
    assert.deepEqual(await arriving({ berlin }), { berlin });
  });

  it("are read with the names that a program in Python exports them by", async () => {
    const { bucketName: bucket_name, physicalBucketName: physical_bucket_name, endpoint } = berlin;
    const exported = { bucket_name, physical_bucket_name, endpoint, endpoint_url: berlin.endpointUrl };
    assert.deepEqual(await arriving({ berlin: exported }), { berlin });
  });

  it("are told without the names of sites where the output is a secret", async () => {
    await assert.rejects(
      arriving(pulumi.secret({ berlin: 1 })),
      /: for a site, expected an object, got number\./,
    );
    await assert.rejects(arriving({ berlin: 1 }), /: for "berlin", expected an object, got number\./);
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

describe("an upload target that is asked for by a path", () => {
  const target = uploadTarget("media-assets", "media-1", "eos.aliyuncs.com");

  function arriving(outputs: Record<string, unknown>): Promise<unknown> {
    const producer = {
      name: pulumi.output("media/prod"),
      outputs: pulumi.output(outputs),
      getOutput: (name: string) => pulumi.output(outputs[name]),
    };
    return promiseOf(requireUploadTarget(producer as unknown as pulumi.StackReference, "storage.up-loads"));
  }

  for (const [what, outputs, expected] of [
    [
      "is inside of another output",
      { storage: { "up-loads": target } },
      /is not an upload target: an output is looked up by its whole name, and this is inside of the output "storage"\..*requireOutput\("storage"\)\.apply\(\(output\) => output\["up-loads"\]\);/s,
    ],
    [
      "is in no output",
      { storage: { others: target } },
      /there is no such output, nor does the output "storage" have it inside\..*`exports\["storage\.up-loads"\] = preparedUpload\.target;`/s,
    ],
    ["is missing altogether", {}, /there is no such output\.\sIn that stack's program/],
  ] as const) {
    it(`is an error that says so when it ${what}`, () => assert.rejects(arriving(outputs), expected));
  }

  it("is taken where an output has that name", async () => {
    assert.deepEqual(await arriving({ "storage.up-loads": target }), target);
  });
});
