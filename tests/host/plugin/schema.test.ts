import assert from "node:assert/strict";
import schema from "../../../provider/fronts/plugin/schema.json";
import { functions, resources } from "../../../provider/resources/registry";
import { useEmulator } from "../../support/emulator";
import { Folder } from "../../support/folder";
import { PluginProcess, type Properties, stopPlugins, urnOf } from "../../support/plugin-process";
import { type ClassName, scenarios } from "../../support/plugin-scenarios";
import { type SchemaObject, schemaFault } from "../../support/schema-fault";

interface SchemaResource extends SchemaObject {
  readonly inputProperties: SchemaObject["properties"];
  readonly requiredInputs: readonly string[];
}

const declared: Readonly<Record<string, SchemaResource | undefined>> = schema.resources;
const asked: Readonly<Record<string, { readonly outputs: SchemaObject } | undefined>> = schema.functions;

describe("what the plugin gives", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });
  stopPlugins();
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  for (const name of Object.keys(resources) as ClassName[]) {
    it(`for a ${name} is what the schema says, and takes what it says`, async () => {
      const resource = declared[`alicloud-ens:index:${name}`];
      assert.ok(resource);
      const { inputs, edited } = scenarios(folder)[name];
      const taken = { properties: resource.inputProperties ?? {}, required: resource.requiredInputs };
      for (const given of [inputs, edited]) assert.equal(schemaFault(taken, given), undefined);
      const plugin = await PluginProcess.for(emulator());
      const urn = urnOf(name);
      const checked = await plugin.check(urn, inputs);
      const { outputs } = await plugin.create(urn, checked.inputs);
      assert.equal(schemaFault(resource, outputs), undefined);
    });
  }

  const args: Readonly<Record<keyof typeof functions, Properties>> = {
    getBucket: { bucketName: "media-assets" },
    getPreparedUpload: { bucketName: "media-assets" },
    listBuckets: {},
  };
  for (const name of Object.keys(functions) as (keyof typeof functions)[]) {
    it(`as the answer of ${name} is what the schema says`, async () => {
      const plugin = await PluginProcess.for(emulator());
      const { answer } = await plugin.invoke(name, args[name]);
      const outputs = asked[`alicloud-ens:index:${name}`]?.outputs ?? {};
      assert.equal(schemaFault(outputs, answer), undefined);
      const unknown = Object.keys(answer).filter((key) => !Object.hasOwn(outputs.properties ?? {}, key));
      assert.deepEqual(unknown, []);
    });
  }
});
