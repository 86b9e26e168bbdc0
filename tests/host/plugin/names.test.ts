import assert from "node:assert/strict";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { useEmulator } from "../../support/emulator";
import { PluginProcess, stopPlugins, urnOf } from "../../support/plugin-process";

const { PROPOSE, ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;

describe("the name of a bucket that the program does not name", () => {
  const emulator = useEmulator();
  stopPlugins();
  const check = async (...[news, olds, autonaming]: [object?, object?, [number, string]?]) => {
    const plugin = await PluginProcess.for(emulator());
    return plugin.check(urnOf("Bucket", "Media Assets"), { ...news }, { ...olds }, autonaming);
  };

  it("is the same at each check, and that of the resource with seven digits", async () => {
    const { inputs } = await check();
    assert.match(String(inputs.bucketName), /^media-assets-[0-9a-f]{7}$/);
    assert.deepEqual((await check()).inputs, inputs);
  });

  it("stays what it is in state", async () => {
    assert.equal((await check({}, { bucketName: "media-1234567" })).inputs.bucketName, "media-1234567");
  });

  it("follows the way of the stack's configuration, and the rule for names where that is a proposal", async () => {
    assert.equal((await check({}, {}, [ENFORCE, "as-it-is"])).inputs.bucketName, "as-it-is");
    assert.equal((await check({}, {}, [PROPOSE, "dev.Media_Assets"])).inputs.bucketName, "dev-media-assets");
    assert.equal((await check({ bucketName: "own-name" }, {}, [ENFORCE, "x"])).inputs.bucketName, "own-name");
    const { failures } = await check({}, {}, [DISABLE, ""]);
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["bucketName"],
    );
    const bad = await check({}, {}, [ENFORCE, "Not A Name"]);
    assert.match(bad.failures[0]?.reason ?? "", /got "Not A Name"/);
  });
});
