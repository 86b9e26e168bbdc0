import assert from "node:assert/strict";
import fc from "fast-check";
import { prepareUpload } from "../../../provider/ens/actions/prepare-upload";
import { apiError, readAnswer } from "../../../provider/ens/call-errors";
import { endpointOf, endpointUrl } from "../../../provider/ens/endpoint";
import { AnswerError, ApiError } from "../../../provider/ens/errors";
import { retryReason } from "../../../provider/ens/retry/retry-reason";
import { Lookup } from "../../../provider/lifecycle/settings/lookup";

const question = { action: prepareUpload, request: { bucketName: "test" } };
const good = { RequestId: "REQ-1", BucketName: "test-xxxxxx", Endpoint: "eos.aliyuncs.com" };
const fields = ["RequestId", "BucketName", "Endpoint"] as const;

/** Texts that spoil what they stand in. */
const spoilers = fc.constantFrom(
  "/",
  "/path",
  "?q",
  "@",
  "u@",
  ":p@",
  "\r\n",
  "\n",
  " ",
  "\t",
  "\u0000",
  "\u001b[31m",
  "\u202e",
  "\ud800",
  "\u00fc",
  "\\",
  "%",
);
const spoilt = fc
  .tuple(fc.constantFrom(...Object.values(good)), spoilers, fc.nat())
  .map(([text, spoiler, at]) => text.slice(0, at % text.length) + spoiler + text.slice(at % text.length));
const field = fc.oneof(
  fc.constantFrom(...Object.values(good)),
  spoilt,
  fc.string({ unit: "binary" }),
  fc.jsonValue(),
  fc.constant(undefined),
);
const bodies = fc.record(
  { RequestId: field, BucketName: field, Endpoint: field, Code: field, __proto__: field },
  { requiredKeys: [] },
);

describe("answers of any kind", () => {
  it("give a place that a URL goes to and nothing else, or are refused field by field, on one safe line", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          const answer = readAnswer(body, question);
          assert.deepEqual(answer, {
            physicalBucketName: body.BucketName,
            endpoint: body.Endpoint,
            requestId: body.RequestId,
          });
          const { href } = new URL(endpointUrl(endpointOf(answer.endpoint)));
          assert.match(href, /^https?:\/\/[\w.[\]:-]+\/$/);
          assert.match(answer.physicalBucketName, /^[\w-]+$/);
        } catch (error) {
          assert.ok(AnswerError.isInstance(error), String(error));
          assert.ok(fields.some((name) => error.message.includes(`${name} should be`)));
          assert.doesNotMatch(error.message.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          assert.ok(error.message.length < 1000);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("are refused for just the field that is spoilt, with the request id", () => {
    const one = fc.constantFrom("BucketName", "Endpoint");
    fc.assert(
      fc.property(one, spoilers, fc.nat(), (name, spoiler, at) => {
        const text = good[name];
        const place = at % (text.length + 1);
        const body = { ...good, [name]: text.slice(0, place) + spoiler + text.slice(place) };
        const other = name === "BucketName" ? "Endpoint" : "BucketName";
        assert.throws(
          () => readAnswer(body, question),
          ({ message }: Error) =>
            message.includes("(request id REQ-1)") &&
            message.includes(`${name} should be`) &&
            !message.includes(`${other} should be`),
        );
      }),
    );
  });
});

describe("refusals of any kind", () => {
  const codes = fc.oneof(
    fc.constantFrom(
      "NoSuchBucket",
      "Throttling.User",
      "SignatureDoesNotMatch",
      "InternalError",
      "toString",
      "",
    ),
    spoilt,
    fc.string({ unit: "binary" }),
  );
  const refusals = fc.record({
    code: codes,
    statusCode: fc.integer({ min: 200, max: 599 }),
    message: fc.oneof(spoilt, fc.string({ unit: "binary", maxLength: 2000 })),
    requestId: fc.oneof(fc.constant("REQ-1"), spoilt, fc.string({ unit: "binary", maxLength: 2000 })),
  });

  it("become an error on one safe line, with bucket, request and remedy, that agrees with the retries", () => {
    const call = {
      ...question,
      origin: "a test",
      attempts: { attempts: 1, durationMs: 0 },
      howToSet: new Lookup(() => undefined, {}).howToSet,
    };
    fc.assert(
      fc.property(refusals, (refusal) => {
        const answer = { kind: "errorAnswer", ...refusal } as const;
        const error = apiError(answer, call);
        assert.ok(ApiError.isInstance(error));
        const texts = [error.message, error.code, error.requestId ?? ""];
        for (const text of texts)
          assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        assert.match(error.message, /bucket "test" failed with .+, request id .+\.\s[A-Z]/);
        assert.ok(error.message.length < 1200, `${error.message.length} characters`);
        // What is called the user's fault is not what is tried again.
        const again = { server: "failed", throttling: "throttled" }[String(error.reason)];
        assert.equal(retryReason(answer, true), again);
        assert.equal(retryReason(answer, false), again === "failed" ? undefined : again);
      }),
      { numRuns: 3000 },
    );
  });
});
