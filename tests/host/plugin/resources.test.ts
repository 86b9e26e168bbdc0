import assert from "node:assert/strict";
import { configurationFor, useEmulator } from "../../support/emulator";
import { PluginProcess, stopPlugins, urnOf } from "../../support/plugin-process";

describe("the plugin's resources", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });
  stopPlugins();
  const start = () => {
    const config = Object.entries(configurationFor(emulator()));
    return PluginProcess.start({
      config: Object.fromEntries(config.map(([k, v]) => [k.replace("alicloud-ens:", ""), v])),
    });
  };

  it("smoke", async () => {
    const plugin = await start();
    const urn = urnOf("PreparedUpload");
    const c = await plugin.check(urn, { bucketName: "media-assets", clientIp: "10.0.0.1" });
    console.log(c, plugin.lines);
    console.log(await plugin.create(urn, c.inputs, true));
    const made = await plugin.create(urn, c.inputs);
    console.log(made);
    console.log(await plugin.diff(urn, made.outputs, c.inputs, c.inputs));
    console.log(await plugin.diff(urn, made.outputs, c.inputs, { bucketName: "other-bucket" }));
    console.log(await plugin.read(urn, made.id, made.outputs, c.inputs));
    console.log(await plugin.read(urn, "media-assets"));
    console.log(await plugin.update(urn, made.outputs, { bucketName: "media-assets" }));
    await plugin.delete(urn, made.outputs);
    const b = urnOf("Bucket");
    const cb = await plugin.check(b, {});
    console.log(cb);
    const mb = await plugin.create(b, cb.inputs);
    console.log(
      mb,
      await plugin.read(b, mb.id),
      await plugin.invoke("listBuckets", {}),
      await plugin.invoke("getBucket", { bucketName: mb.id }),
      await plugin.invoke("getPreparedUpload", { bucketName: mb.id }),
    );
    await plugin.delete(b, mb.outputs);
    assert.equal(plugin.stderr, "");
  });
});
