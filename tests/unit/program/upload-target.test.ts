import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ossClientOptions, ProgramError, requireUploadTarget } from "../../../provider";
import { uploadTarget } from "../../../provider/lifecycle/upload-target";

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

  it("without a value gives options without a value, as --target leaves them", () => {
    assert.equal(ossClientOptions(undefined as never), undefined);
  });

  it("is not an output, a part of one, or what a program has besides: the error says what to give", () => {
    const target = uploadTarget("media-assets", "media-assets-1", "eos.aliyuncs.com");
    for (const [value, expected] of [
      [pulumi.output(target), /got an output\.\sGive it the value of the output: `media\.target\.apply/],
      [{ endpoint: "eos.aliyuncs.com" }, /got something else\.\sGive it what an upload has as `target`/],
      ["media-assets", /got something else/],
      [null, /got something else/],
    ] as const) {
      assert.throws(() => ossClientOptions(value as never), isProgramError(expected));
    }
  });

  it("of another stack is asked of a StackReference, by a name", () => {
    for (const value of ["organization/media-storage/prod", undefined, {}]) {
      const make = () => requireUploadTarget(value as never, "uploads");
      assert.throws(
        make,
        isProgramError(/is given as .*\.\nGive a StackReference: `new pulumi\.StackReference\(/s),
      );
    }
    const reference = { getOutput: () => pulumi.output(undefined) };
    for (const name of [undefined, ""]) {
      const make = () => requireUploadTarget(reference as never, name as never);
      assert.throws(make, isProgramError(/exports an upload target is (nothing|"")\./));
    }
  });

  function isProgramError(message: RegExp) {
    return (error: unknown) => {
      assert.ok(ProgramError.isInstance(error), String(error));
      assert.match(error.message, message);
      return true;
    };
  }
});
