import assert from "node:assert/strict";
import { prepareUpload } from "../../../provider/ens/actions/prepare-upload";
import { readAnswer } from "../../../provider/ens/call-errors";
import { AnswerError } from "../../../provider/ens/errors";

const question = { action: prepareUpload, request: { bucketName: "test" } };
const good = {
  RequestId: "7B2D1E2A-0C5B-4B0D-9A87-3C2D1E0F9A8B",
  BucketName: "test-xxxxxx",
  Endpoint: "eos.aliyuncs.com",
};

const wrongTypes = [undefined, null, 7, true, [], {}, ""];

const refused = {
  BucketName: [
    ...wrongTypes,
    ["test-xxxxxx"],
    "ab",
    "a".repeat(64),
    "Not A Bucket",
    "Test-xxxxxx",
    "test_xxxxxx",
    "test.xxxxxx",
    "-test",
    "test-",
    "../etc",
    "test/key",
    "test-xxxxxx\n",
    " test-xxxxxx",
    "tést",
  ],
  Endpoint: [
    ...wrongTypes,
    ["eos.aliyuncs.com"],
    "https://eos.aliyuncs.com",
    "eos.aliyuncs.com/",
    "eos.aliyuncs.com/path",
    "eos.aliyuncs.com?query",
    "eos.aliyuncs.com#fragment",
    "eos.aliyuncs.com\\path",
    "user@eos.aliyuncs.com",
    "user:password@eos.aliyuncs.com",
    "eos.aliyuncs.com\r\nX: y",
    "eos.aliyuncs.com\n",
    "eos.aliyuncs.com\r",
    "eos.aliyuncs.com\t",
    "eos.aliyuncs.com ",
    "eos aliyuncs.com",
    " eos.aliyuncs.com",
    "eos.aliyuncs.com\u0000",
    "eos.aliyuncs.com:0",
    "eos.aliyuncs.com:65536",
    "eos.aliyuncs.com:",
    "eos.aliyuncs.com:80:80",
    "eos.aliyuncs.com:http",
    "eos.aliyuncs.com.",
    ".aliyuncs.com",
    "eos..com",
    "bücher.example",
    "eos。aliyuncs.com",
    "%65os.aliyuncs.com",
    "2130706433",
    "127.1",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(127)}com`,
  ],
  RequestId: [
    ...wrongTypes,
    "a b",
    "a\nb",
    "\u001b[31mred",
    "a\u202eb",
    "\ud800",
    "x".repeat(129),
    "x".repeat(1_000_000),
    { toString: 1 },
  ],
};

function refusal(change: Readonly<Record<string, unknown>>): string {
  try {
    readAnswer({ ...good, ...change }, question);
  } catch (error) {
    assert.ok(AnswerError.isInstance(error), String(error));
    return error.message;
  }
  throw new Error("the answer was taken");
}

describe("the answer of PrepareUpload", () => {
  it("gives the physical bucket, the endpoint and the request id", () => {
    assert.deepEqual(readAnswer(good, question), {
      physicalBucketName: "test-xxxxxx",
      endpoint: "eos.aliyuncs.com",
      requestId: good.RequestId,
    });
  });

  for (const [field, values] of Object.entries(refused)) {
    for (const value of values) {
      const title = `${JSON.stringify(value)?.slice(0, 40)} (${typeof value})`;
      it(`refuses ${field} ${title}, naming the field, the bucket and the request`, () => {
        const message = refusal({ [field]: value });
        assert.match(message, new RegExp(`cannot be used: ${field} should be [^;]*Nothing was changed`));
        assert.match(message, /bucket "test"/);
        if (field !== "RequestId") assert.ok(message.includes(`(request id ${good.RequestId})`));
        for (const line of message.split("\n")) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}]/u);
        assert.ok(message.length < 800, `${message.length} characters`);
      });
    }
  }

  it("refuses an empty answer for the fields it lacks, the first two by name", () => {
    assert.match(
      refusal({ BucketName: undefined, Endpoint: undefined, RequestId: undefined }),
      /\(request id none\).*BucketName .* got nothing; Endpoint .* got nothing and 1 more/,
    );
  });
});
