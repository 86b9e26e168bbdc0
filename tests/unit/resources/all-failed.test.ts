import assert from "node:assert/strict";
import { AnswerError, ApiError, ConnectionError, EnsError } from "../../../provider/ens/errors";
import { allFailed } from "../../../provider/resources/prepared-uploads/all-failed";

function refused(code: string): ApiError {
  const details = {
    code,
    reason: "permission",
    statusCode: 400,
    bucketName: "media-assets",
    requestId: "R-1",
  } as const;
  return new ApiError(`Refused with ${code}.`, details);
}

describe("the error for many sites that all failed", () => {
  it("is the ApiError that each of them is, with its code, reason, bucket and request id", () => {
    const error = allFailed([refused("NoPermission"), refused("NoPermission")], ["2 sites (a, b): Refused."]);
    assert.ok(ApiError.isInstance(error));
    const { code, reason, statusCode, bucketName, requestId } = error;
    assert.deepEqual(
      { code, reason, statusCode, bucketName, requestId },
      {
        code: "NoPermission",
        reason: "permission",
        statusCode: 400,
        bucketName: "media-assets",
        requestId: "R-1",
      },
    );
    assert.match(error.message, /^2 sites \(a, b\): Refused\.\nDocs: .*errors\.md#permission$/);
  });

  it("is of the class that they have in common", () => {
    const error = allFailed([new ConnectionError("Nobody."), new ConnectionError("Nobody.")], ["x: Nobody."]);
    assert.ok(ConnectionError.isInstance(error));
    assert.equal(error.kind, "ConnectionError");
  });

  it("is an EnsError where they have nothing in common, and links to the page once for each reason", () => {
    const reasons = [refused("NoPermission"), new AnswerError("No endpoint.")].map(
      ({ message }) => `a: ${message}`,
    );
    for (const failures of [
      [refused("NoPermission"), refused("UserDisable")],
      [refused("NoPermission"), new AnswerError("No endpoint.")],
    ]) {
      const error = allFailed(failures, reasons);
      assert.ok(EnsError.isInstance(error));
      assert.equal(error.kind, "EnsError");
      assert.equal(error.message.match(/Docs:/g)?.length, 2);
    }
  });
});
