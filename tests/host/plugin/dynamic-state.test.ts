import assert from "node:assert/strict";
import { useEmulator } from "../../support/emulator";
import { PluginProcess, type Properties, secret, stopPlugins, urnOf } from "../../support/plugin-process";

const text = (subpath: string) => `exports.handler=()=>require('pulumi-alicloud-ens/${subpath}')`;

describe("state that the dynamic resources wrote, in the plugin", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });
  stopPlugins();

  /** As state has them: with what the front and the program's class added. */
  const written = (subpath: string, inputs: Properties, outputs: Properties) => {
    const added = { __provider: text(subpath), secretInputs: ["triggers"], replaceOnChanges: ["bucketName"] };
    return { oldInputs: { ...inputs, ...added }, olds: { ...inputs, ...outputs, ...added } };
  };

  it("of an upload needs one update in place, which adds the outputs that programs made", async () => {
    const plugin = await PluginProcess.for(emulator());
    const urn = urnOf("PreparedUpload");
    const { outputs } = await plugin.create(urn, { bucketName: "media-assets" });
    const { target: _, endpointUrl: __, bucketName, ...kept } = outputs;
    const inputs = { bucketName, triggers: secret(["v1"]) };
    const { olds, oldInputs } = written("prepared-upload", inputs, kept);
    const checked = await plugin.check(urn, inputs, oldInputs);
    const { changes, replaces, details } = await plugin.diff(urn, olds, oldInputs, checked.inputs);
    assert.deepEqual({ changes, replaces }, { changes: true, replaces: [] });
    assert.deepEqual(details, { endpointUrl: "add", target: "add" });
    const { requestId: ___, ...updated } = await plugin.update(urn, olds, checked.inputs);
    const { requestId: ____, ...before } = outputs;
    assert.deepEqual(updated, { ...before, triggers: secret(["v1"]) });
    assert.equal((await plugin.diff(urn, updated, checked.inputs, checked.inputs)).changes, false);
  });

  it("of many sites keeps its places, and asks ENS for none", async () => {
    const plugin = await PluginProcess.for(emulator());
    const urn = urnOf("PreparedUploads");
    const inputs = { bucketName: "media-assets", clientIps: { berlin: "203.0.113.7" } };
    const { outputs } = await plugin.create(urn, inputs);
    const { olds, oldInputs } = written("prepared-uploads", inputs, { places: outputs.places });
    assert.deepEqual((await plugin.diff(urn, olds, oldInputs, inputs)).details, { targets: "add" });
    emulator().clearRequests();
    assert.deepEqual(await plugin.update(urn, olds, inputs), outputs);
    assert.deepEqual(emulator().requests, []);
  });

  it("gets the outputs that programs made by a refresh too", async () => {
    const plugin = await PluginProcess.for(emulator());
    const urn = urnOf("PreparedUpload");
    const { outputs } = await plugin.create(urn, { bucketName: "media-assets" });
    const { target, endpointUrl, ...kept } = outputs;
    const { olds, oldInputs } = written("prepared-upload", { bucketName: "media-assets" }, kept);
    const read = await plugin.read(urn, "media-assets", olds, oldInputs);
    assert.deepEqual([read.outputs.target, read.outputs.endpointUrl], [target, endpointUrl]);
  });

  const others: readonly [string, string, Properties][] = [
    ["Bucket", "bucket", {}],
    ["BucketObject", "bucket-object", { bucketName: "media-assets", key: "a.txt", content: secret("a") }],
    ["BucketFolder", "bucket-folder", { bucketName: "media-assets", path: __dirname, include: ["names.*"] }],
  ];
  for (const [className, subpath, given] of others) {
    it(`of a ${className} stays as it is, can be read, edited and deleted`, async () => {
      const plugin = await PluginProcess.for(emulator());
      const urn = urnOf(className);
      const { inputs } = await plugin.check(urn, given);
      const { id, outputs } = await plugin.create(urn, inputs);
      const { olds, oldInputs } = written(subpath, inputs, outputs);
      const checked = await plugin.check(urn, given, oldInputs);
      assert.deepEqual(checked.inputs, inputs);
      assert.equal((await plugin.diff(urn, olds, oldInputs, inputs)).changes, false);
      const read = await plugin.read(urn, id, olds, oldInputs);
      assert.deepEqual(read.outputs, olds);
      assert.deepEqual(await plugin.update(urn, olds, inputs), outputs);
      await plugin.delete(urn, olds);
      assert.equal(plugin.stderr, "");
    });
  }
});
