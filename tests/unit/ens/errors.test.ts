import assert from "node:assert/strict";
import { ApiError, ConnectionError, EnsError, SettingsError } from "../../../provider/ens/errors";

const modules = ["api-error", "ens-error"].map((name) =>
  require.resolve(`../../../provider/ens/errors/${name}`),
);

/** The same classes from a second copy of the package. */
function secondCopy(): { ApiError: typeof ApiError } {
  for (const module of modules) delete require.cache[module];
  return require("../../../provider/ens/errors/api-error");
}

describe("errors", () => {
  const details = { code: "NoSuchBucket", reason: "noSuchBucket", statusCode: 404, requestId: "R1" } as const;

  it("are recognised as what they are and as what they inherit from", () => {
    const error = new ApiError("gone", details);
    assert.equal(ApiError.isInstance(error), true);
    assert.equal(EnsError.isInstance(error), true);
    assert.equal(ConnectionError.isInstance(error), false);
    assert.equal(error.name, "ApiError");
    assert.equal(error.requestId, "R1");
  });

  it("are recognised when another copy of the package threw them", () => {
    const other = secondCopy();
    const error = new other.ApiError("gone", details);
    assert.equal(error instanceof ApiError, false);
    assert.equal(ApiError.isInstance(error), true);
    assert.equal(EnsError.isInstance(error), true);
  });

  it("does not take other errors for its own", () => {
    for (const value of [new Error("x"), "x", undefined, null, {}])
      assert.equal(EnsError.isInstance(value), false);
  });

  it("lists every setting that cannot be used", () => {
    const error = new SettingsError([
      { setting: "alicloud-ens:accessKey", reason: "is missing" },
      { setting: "alicloud-ens:endpoint", reason: "is no host" },
    ]);
    assert.match(
      error.message,
      /^alicloud-ens:accessKey: is missing\nalicloud-ens:endpoint: is no host\nDocs:/,
    );
  });
});
