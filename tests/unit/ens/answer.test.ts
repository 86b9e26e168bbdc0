import assert from "node:assert/strict";
import { readAnswer } from "../../../provider/ens/answer";
import { AnswerError } from "../../../provider/ens/errors";

const good = {
  RequestId: "7B2D1E2A-0C5B-4B0D-9A87-3C2D1E0F9A8B",
  BucketName: "test-xxxxxx",
  Endpoint: "eos.aliyuncs.com",
};

describe("the answer of PrepareUpload", () => {
  it("gives the physical bucket, the endpoint and the request id", () => {
    assert.deepEqual(readAnswer(good, "test"), {
      physicalBucketName: "test-xxxxxx",
      endpoint: "eos.aliyuncs.com",
      requestId: good.RequestId,
    });
  });

  for (const [field, value] of [
    ["BucketName", undefined],
    ["BucketName", null],
    ["BucketName", 7],
    ["BucketName", "Not A Bucket"],
    ["BucketName", "../etc"],
    ["Endpoint", undefined],
    ["Endpoint", "https://eos.aliyuncs.com"],
    ["Endpoint", "eos.aliyuncs.com/path"],
    ["Endpoint", "user@eos.aliyuncs.com"],
    ["Endpoint", "eos.aliyuncs.com\r\nX: y"],
    ["RequestId", undefined],
    ["RequestId", "\u001b[31mred"],
  ] as const) {
    it(`refuses ${field} ${JSON.stringify(value)}, naming field and request`, () => {
      assert.throws(
        () => readAnswer({ ...good, [field]: value }, "test"),
        (error: unknown) => {
          assert.ok(AnswerError.isInstance(error));
          assert.match(error.message, new RegExp(`${field} should be`));
          assert.match(error.message, /bucket "test"/);
          if (field !== "RequestId") assert.match(error.message, new RegExp(good.RequestId));
          assert.doesNotMatch(error.message, /\p{Cc}/u);
          return true;
        },
      );
    });
  }
});
