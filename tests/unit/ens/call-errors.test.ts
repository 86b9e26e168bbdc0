import assert from "node:assert/strict";
import { type Action, ensService, policyFor, requestIdRule, stsService } from "../../../provider/ens/action";
import { assumeRole } from "../../../provider/ens/actions/assume-role";
import { prepareUpload } from "../../../provider/ens/actions/prepare-upload";
import { apiError, connectionError, readAnswer } from "../../../provider/ens/call-errors";
import { endpointOf } from "../../../provider/ens/endpoint";
import { Lookup } from "../../../provider/lifecycle/settings/lookup";

const circumstances = {
  origin: "stack configuration alicloud:accessKey",
  attempts: { attempts: 1, durationMs: 0 },
  howToSet: new Lookup(() => undefined, {}).howToSet,
};
const call = {
  ...circumstances,
  action: prepareUpload,
  request: { bucketName: "media-assets", clientIp: "203.0.113.7" },
};

/** An action that changes something, so that it may not be called again when an answer was lost. */
const createThing: Action<{ readonly name: string }, { readonly requestId: string }> = {
  name: "CreateThing",
  service: ensService,
  readOnly: false,
  repeatable: false,
  ramAction: "ens:CreateThing",
  ramResource: ({ name }) => `acs:ens:*:*:thing/${name}`,
  subject: ({ name }) => `the thing "${name}"`,
  inputs: ({ name }) => ({ thingName: name }),
  parameters: ({ name }) => ({ Name: name }),
  readAnswer: (fields) => ({ requestId: fields.text("RequestId", requestIdRule) }),
};
const writing = { ...circumstances, action: createThing, request: { name: "lamp" } };

function answerWith(code: string, statusCode = 400, message = "words of the vendor") {
  return { kind: "errorAnswer", code, statusCode, message, requestId: "REQ-1", skew: -1234 } as const;
}

function errorFor(code: string, statusCode = 400, message = "words of the vendor") {
  return apiError(answerWith(code, statusCode, message), call);
}

describe("errors of the API", () => {
  // The nine codes of the reference, then the gateway's.
  for (const [code, reason, remedy] of [
    ["InvalidEnsRegionId", "invalidInput", /Check bucketName, clientIp/],
    ["InvalidaliUid", "permission", /Activate ENS, and/],
    ["InvalidBucketName", "invalidInput", /property bucketName: 3 to 50 characters/],
    ["InvalidClientIp", "invalidInput", /property clientIp \(203\.0\.113\.7\)/],
    ["NoPermission", "permission", /allows ens:PrepareUpload on \*/],
    ["InvalidParameter.BucketName", "invalidInput", /property bucketName: 3 to 50 characters/],
    ["AccessDenied", "permission", /allows ens:PrepareUpload on \*/],
    ["UserDisable", "arrears", /unpaid bill\.\nPay it under Expenses and Costs.*https:/],
    ["NoSuchBucket", "noSuchBucket", /aliyun ens ListBuckets/],
    [
      "InvalidAccessKeyId.NotFound",
      "credentials",
      /does not exist\.\nSet one that does, with its secretKey: `pulumi config set alicloud-ens:accessKey/,
    ],
    ["InvalidAccessKeyId.Inactive", "credentials", /disabled/],
    ["SignatureDoesNotMatch", "credentials", /pulumi config set --secret alicloud-ens:secretKey/],
    ["IncompleteSignature", "credentials", /secret key/],
    ["SignatureNonceUsed", "server", /again/],
    ["InvalidTimeStamp.Expired", "clock", /1234 s behind/],
    ["InvalidSecurityToken.Expired", "credentials", /have expired\.\n.*alicloud-ens:securityToken/],
    ["InvalidSecurityToken.Malformed", "credentials", /is not that of the access key/],
    ["InvalidSecurityToken.MismatchWithAccessKey", "credentials", /is not that of the access key/],
    ["MissingBucketName", "invalidInput", /property bucketName: 3 to 50 characters/],
    ["Throttling", "throttling", /maxConcurrency 2/],
    ["Throttling.User", "throttling", /maxConcurrency 2/],
    ["Rejected.Throttling", "throttling", /maxConcurrency 2/],
    ["Forbidden.RAM", "permission", /allows ens:PrepareUpload on \*/],
    ["ServiceUnavailable", "server", /again/],
    ["InternalError", "server", /support the request id/],
    ["SomethingNew", "other", /does not know the code/],
  ] as const) {
    it(`says what ${code} means, for which bucket and request, and what to do`, () => {
      const error = errorFor(code);
      assert.equal(error.code, code);
      assert.equal(error.reason, reason);
      assert.equal(error.requestId, "REQ-1");
      assert.equal(error.bucketName, "media-assets");
      assert.match(error.message, /PrepareUpload for bucket "media-assets"/);
      assert.match(error.message, /request id REQ-1/);
      assert.ok(error.message.includes(code));
      assert.match(error.message, remedy);
    });
  }

  it("goes by the code, whatever the status", () => {
    assert.equal(errorFor("Throttling.Api", 503).reason, "throttling");
    assert.equal(errorFor("NoPermission", 400).reason, "permission");
  });

  it("takes an unknown code with a 5xx for a fault of the server", () => {
    assert.equal(errorFor("Oops", 502).reason, "server");
    assert.equal(errorFor("", 502).code, "HTTP 502");
  });

  it("takes an unknown code with a 429 for throttling, as the retries do", () => {
    assert.equal(errorFor("TooMany", 429).reason, "throttling");
    assert.match(errorFor("", 429).message, /HTTP 429.*\n.*maxConcurrency/);
  });

  it("gives a policy that is valid JSON", () => {
    assert.deepEqual(JSON.parse(policyFor(call.action, call.request)).Statement, [
      { Effect: "Allow", Action: "ens:PrepareUpload", Resource: "*" },
    ]);
  });

  it("does not repeat the vendor's message for a bad signature, which holds the signed request", () => {
    const error = errorFor("SignatureDoesNotMatch", 400, "server string to sign is: POST canary");
    assert.doesNotMatch(error.message, /canary/);
    assert.doesNotMatch(errorFor("\u200bSignatureDoesNotMatch", 400, "canary").message, /canary/);
  });

  it("lets nothing of the network control a terminal", () => {
    const hostile = { code: "\u001b[2JBad", message: "line\nbreak\u202e", requestId: "\u001b]0;x\u0007id" };
    const error = apiError({ ...answerWith("x"), ...hostile }, call);
    assert.doesNotMatch(
      `${error.message.replaceAll("\n", "")}${error.code}${error.requestId}`,
      /[\p{Cc}\p{Cf}]/u,
    );
    assert.equal(error.message.split("\n").length, 3);
  });

  it("says what the clock shows when the service does not tell its own", () => {
    const { skew: _, ...answer } = answerWith("InvalidTimeStamp.Expired");
    const error = apiError(answer, call);
    assert.match(error.message, /clock says \d{4}-\d\d-\d\dT/);
  });

  it("speaks of the action that failed: its name, its subject, its own permission", () => {
    const { message, bucketName, policy } = apiError(answerWith("NoPermission"), writing);
    assert.match(message, /^CreateThing for the thing "lamp" failed with NoPermission/);
    assert.match(message, /\n.* allows ens:CreateThing on acs:ens:\*:\*:thing\/lamp to it/);
    assert.deepEqual(JSON.parse(policy ?? "").Statement, [
      { Effect: "Allow", Action: "ens:CreateThing", Resource: "acs:ens:*:*:thing/lamp" },
    ]);
    assert.equal(bucketName, undefined);
    assert.match(
      apiError(answerWith("MissingName"), writing).message,
      /Check thingName and the setting endpoint;/,
    );
  });

  it("says that a write may have been done where the service failed, and only there", () => {
    assert.match(
      apiError(answerWith("InternalError", 500), writing).message,
      /CreateThing may have been done/,
    );
    assert.doesNotMatch(apiError(answerWith("NoPermission"), writing).message, /may have been done/);
    assert.doesNotMatch(errorFor("InternalError", 500).message, /may have been done/);
  });
});

describe("the error for a call without a usable answer", () => {
  const lost = {
    kind: "noAnswer",
    why: "the connection was reset",
    transient: true,
    mayHaveArrived: true,
  } as const;
  const neverSent = { ...lost, why: "nothing listens there", mayHaveArrived: false };
  const endpoint = endpointOf("ens.aliyuncs.com");

  it("says that nothing was changed by a question, and that a write may have been done", () => {
    assert.match(
      connectionError(lost, endpoint, call).message,
      /run the command again; nothing was changed\./,
    );
    const { message } = connectionError(lost, endpoint, writing);
    assert.match(message, /CreateThing may have been done: check that before you run the command again/);
    assert.doesNotMatch(message, /nothing was changed/);
  });

  it("says that nothing was changed by a write that never arrived", () => {
    assert.match(connectionError(neverSent, endpoint, writing).message, /nothing was changed\./);
  });

  it("names the setting of the service that was asked", () => {
    const sts = { ...circumstances, action: assumeRole };
    assert.match(
      connectionError(lost, endpointOf("sts.aliyuncs.com"), sts).message,
      /^AssumeRole got no usable answer from https:\/\/sts\.aliyuncs\.com: .*\n.*the setting endpoints\[\]\.sts,/,
    );
    assert.equal(stsService.name, "STS");
  });

  it("says of a write whose answer cannot be read that it was done", () => {
    assert.throws(
      () => readAnswer({ RequestId: 7 }, writing),
      /The answer to CreateThing for the thing "lamp" .* CreateThing was done, but its result is not in state\./,
    );
  });
});
