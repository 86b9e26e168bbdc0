import assert from "node:assert/strict";
import { ConnectionError } from "../../../provider/ens/errors";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { resources } from "../../../provider/resources/registry";
import { memoryHost } from "../../support/memory-host";

const good = {
  bucketName: "media-assets",
  physicalBucketName: "media-1",
  endpoint: "eos.aliyuncs.com",
  requestId: "R",
};

describe("the dynamic front, of state that something else changed", () => {
  const provider = dynamicProvider(resources.PreparedUpload, memoryHost());
  const broken = { ...good, endpoint: { secret: "canary" }, requestId: 7 };

  it("refuses to read and to update, names every property that is wrong, shows none, and links to the page", async () => {
    for (const work of [
      provider.read("media-assets", broken),
      provider.update("media-assets", broken, good),
    ]) {
      await assert.rejects(work, ({ message }: Error) => {
        assert.match(
          message,
          /^The state of this resource cannot be read: endpoint should be a text, got something else/,
        );
        assert.match(
          message,
          /; requestId should be a text.*Docs: pulumi-alicloud-ens\/docs\/errors\.md#state$/,
        );
        return !message.includes("canary");
      });
    }
  });

  it("compares inputs all the same, so that a broken output stops no deployment", async () => {
    const { bucketName } = good;
    assert.deepEqual(await provider.diff("media-assets", broken, { bucketName }), {
      changes: false,
      replaces: [],
    });
  });
});

describe("the dynamic front, of an error of this package", () => {
  const cause = new ConnectionError("Nobody answers for media-assets.");
  const failing = dynamicProvider(
    resources.PreparedUpload,
    memoryHost({ call: () => Promise.reject(cause) }),
  );

  it("throws another, whose stack is its message and whose name is the class's, and leaves the first as it was", async () => {
    const { message, stack } = cause;
    const thrown: Error = await failing.read("media-assets", good).then(
      () => assert.fail("nothing was thrown"),
      (error) => error,
    );
    assert.notEqual(thrown, cause);
    assert.deepEqual(
      [thrown.name, String(thrown), thrown.stack],
      ["ConnectionError", "ConnectionError", message],
    );
    assert.equal(thrown.cause, cause);
    assert.deepEqual([cause.message, cause.stack], [message, stack]);
  });

  it("throws one without secrets, and without the first, which has them", async () => {
    const secret = { ...good, secretInputs: ["bucketName"] };
    const thrown: Error = await failing.read("media-assets", secret).then(
      () => assert.fail("nothing was thrown"),
      (error) => error,
    );
    assert.match(thrown.message, /^Nobody answers for \[secret\]\./);
    assert.equal(thrown.cause, undefined);
  });

  it("leaves a fault of ours as it is, with its stack", async () => {
    const fault = new TypeError("x is not a function");
    const broken = dynamicProvider(
      resources.PreparedUpload,
      memoryHost({ call: () => Promise.reject(fault) }),
    );
    await assert.rejects(broken.create({ bucketName: "media-assets" }), (error) => error === fault);
  });
});
