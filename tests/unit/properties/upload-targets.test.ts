import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { UploadTargetError } from "../../../provider/ens/errors";
import type { UploadTarget } from "../../../provider/lifecycle/upload-target";
import { ossClientOptions } from "../../../provider/resource/oss-client-options";
import { requireUploadTarget } from "../../../provider/resource/upload-target";
import { promiseOf } from "../../../testing/promise-of";

/** What arrives when another stack exports `value`. */
function arrived(value: unknown): Promise<UploadTarget> {
  const stack = {
    name: pulumi.output("org/media/prod"),
    getOutput: () => pulumi.output(0).apply(() => value),
  };
  return promiseOf(requireUploadTarget(stack as unknown as pulumi.StackReference, "uploads"));
}

const good = {
  bucketName: "media-assets",
  physicalBucketName: "media-assets-1",
  endpoint: "eos.aliyuncs.com",
  endpointUrl: "https://eos.aliyuncs.com",
};
const field = fc.oneof(
  fc.constantFrom(...Object.values(good), "http://eos.aliyuncs.com", "http://localhost:80", "localhost:80"),
  fc.anything({ withBigInt: true, withNullPrototype: true }),
  fc.string({ unit: "binary" }),
);
const values = fc.oneof(
  fc.record(
    { bucketName: field, physicalBucketName: field, endpoint: field, endpointUrl: field },
    { requiredKeys: [] },
  ),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
);

describe("outputs of other stacks, of any kind", () => {
  it("are targets that a client can be made from, or refused with stack, output and what is wrong", () =>
    fc.assert(
      fc.asyncProperty(values, async (value) => {
        try {
          const target = await arrived(value);
          const { bucket, endpoint, secure } = ossClientOptions(target);
          assert.match(bucket, /^[a-z0-9-]{3,63}$/);
          const url = new URL(endpoint);
          assert.equal(secure, url.protocol === "https:");
          assert.ok(secure || url.hostname === "localhost");
        } catch (error) {
          assert.ok(UploadTargetError.isInstance(error), String(error));
          assert.match(
            error.message,
            /output "uploads" of the stack org\/media\/prod is not an upload target: ./,
          );
          assert.doesNotMatch(error.message.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          assert.ok(error.message.length < 700, `${error.message.length} characters`);
        }
      }),
      { numRuns: 3000 },
    ));

  it("are refused for the one field that is spoilt, by its name", () => {
    const name = fc.constantFrom(...(Object.keys(good) as (keyof typeof good)[]));
    return fc.assert(
      fc.asyncProperty(name, fc.anything(), async (spoilt, value) => {
        fc.pre(value !== good[spoilt]);
        // Another host, or another bucket, is no fault; what is checked against it is then named.
        fc.pre(typeof value !== "string");
        await assert.rejects(arrived({ ...good, [spoilt]: value }), new RegExp(`target: ${spoilt} is `));
      }),
    );
  });

  it("are taken where they are good, and handed on as they came", async () => {
    // What a newer version of the package adds arrives too.
    const target = { ...good, added: "later" };
    assert.deepEqual(await arrived(target), target);
  });
});
