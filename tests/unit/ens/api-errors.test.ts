import assert from "node:assert/strict";
import { apiError, ramPolicy } from "../../../provider/ens/api-errors";
import { stackConfiguration } from "../../../provider/lifecycle/settings/source";

const context = {
  bucketName: "media-assets",
  clientIp: "203.0.113.7",
  origin: "access key from stack configuration alicloud:accessKey",
  outcome: { attempts: 1, took: 0 },
  set: stackConfiguration.set,
};

function errorFor(code: string, statusCode = 400, message = "words of the vendor") {
  return apiError({ code, statusCode, message, requestId: "REQ-1", skew: -1234 }, context);
}

describe("errors of the API", () => {
  // The nine codes of the reference, then the gateway's.
  for (const [code, reason, remedy] of [
    ["InvalidEnsRegionId", "invalidInput", /Check bucketName, clientIp/],
    ["InvalidaliUid", "permission", /ENS is activated/],
    ["InvalidBucketName", "invalidInput", /property bucketName: 3 to 50 characters/],
    ["InvalidClientIp", "invalidInput", /property clientIp \(203\.0\.113\.7\)/],
    ["NoPermission", "permission", /"Action":"ens:PrepareUpload"/],
    ["InvalidParameter.BucketName", "invalidInput", /Check bucketName/],
    ["AccessDenied", "permission", /"Action":"ens:PrepareUpload"/],
    ["UserDisable", "arrears", /unpaid bill.*Pay it under Expenses and Costs.*https:/],
    ["NoSuchBucket", "noSuchBucket", /aliyun ens ListBuckets/],
    [
      "InvalidAccessKeyId.NotFound",
      "credentials",
      /does not exist.*pulumi config set alicloud-ens:accessKey/,
    ],
    ["InvalidAccessKeyId.Inactive", "credentials", /disabled/],
    ["SignatureDoesNotMatch", "credentials", /pulumi config set --secret alicloud-ens:secretKey/],
    ["IncompleteSignature", "credentials", /secret key/],
    ["SignatureNonceUsed", "server", /again/],
    ["InvalidTimeStamp.Expired", "clock", /1234 s behind/],
    ["InvalidSecurityToken.Expired", "credentials", /has expired.*alicloud-ens:securityToken/],
    ["InvalidSecurityToken.Malformed", "credentials", /does not belong to the access key/],
    ["InvalidSecurityToken.MismatchWithAccessKey", "credentials", /does not belong to the access key/],
    ["MissingBucketName", "invalidInput", /Check bucketName/],
    ["Throttling", "throttling", /--parallel/],
    ["Throttling.User", "throttling", /--parallel/],
    ["Rejected.Throttling", "throttling", /--parallel/],
    ["Forbidden.RAM", "permission", /"Action":"ens:PrepareUpload"/],
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
    assert.match(errorFor("", 429).message, /HTTP 429.*--parallel/);
  });

  it("gives a policy that is valid JSON", () => {
    assert.deepEqual(JSON.parse(ramPolicy).Statement, [
      { Effect: "Allow", Action: "ens:PrepareUpload", Resource: "*" },
    ]);
  });

  it("does not repeat the vendor's message for a bad signature, which holds the signed request", () => {
    const error = errorFor("SignatureDoesNotMatch", 400, "server string to sign is: POST canary");
    assert.doesNotMatch(error.message, /canary/);
    assert.doesNotMatch(errorFor("\u200bSignatureDoesNotMatch", 400, "canary").message, /canary/);
  });

  it("lets nothing of the network control a terminal", () => {
    const error = apiError(
      {
        code: "\u001b[2JBad",
        statusCode: 400,
        message: "line\nbreak\u202e",
        requestId: "\u001b]0;x\u0007id",
      },
      context,
    );
    assert.doesNotMatch(`${error.message}${error.code}${error.requestId}`, /[\p{Cc}\p{Cf}]/u);
  });

  it("says what the clock shows when the service does not tell its own", () => {
    const error = apiError({ code: "InvalidTimeStamp.Expired", statusCode: 400, message: "" }, context);
    assert.match(error.message, /clock says \d{4}-\d\d-\d\dT/);
  });
});
