import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { requireUploadTargets } from "../../../provider";
import { uploadTarget } from "../../../provider/resource/upload-target";
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
