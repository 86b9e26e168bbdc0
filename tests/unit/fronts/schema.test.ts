import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import schema from "../../../provider/fronts/plugin/schema.json";
import { configurableNames, secretPaths } from "../../../provider/lifecycle/settings/variables";
import { functions, resources } from "../../../provider/resources/registry";
import { packageSchema, schemaFile } from "../../../scripts/schema/package-schema";

type Described = Readonly<Record<string, { readonly description?: string; readonly secret?: boolean }>>;

/** Every group of properties, by where it is. */
function groups(): [string, Described][] {
  const parts = Object.entries({
    ...schema.resources,
    ...schema.functions,
    ...schema.types,
    provider: schema.provider,
  });
  return parts.flatMap(([token, part]: [string, object]) =>
    ["properties", "inputProperties", "inputs", "outputs"].flatMap((name): [string, Described][] => {
      const group: { readonly properties?: Described } | undefined = Reflect.get(part, name);
      if (group === undefined) return [];
      return [[`${token} ${name}`, /puts$/.test(name) ? (group.properties ?? {}) : (group as Described)]];
    }),
  );
}

function token(name: string): string {
  return `alicloud-ens:index:${name}`;
}

describe("schema.json", () => {
  it("is what the registry and the types say: npm run schema", () => {
    const text = `${JSON.stringify(packageSchema(), null, 2)}\n`;
    assert.ok(readFileSync(schemaFile, "utf8") === text, "npm run schema changes it");
  });

  it("has every resource of the registry, which takes over those of dynamic providers", () => {
    const aliases = Object.entries(schema.resources).map(([name, resource]) => [name, resource.aliases]);
    const expected = Object.keys(resources).map((name) => [
      token(name),
      [{ type: `pulumi-nodejs:dynamic/alicloud-ens:${name}` }],
    ]);
    assert.deepEqual(aliases, expected);
  });

  it("has every function", () => {
    assert.deepEqual(Object.keys(schema.functions).sort(), Object.keys(functions).map(token).sort());
  });

  it("has every setting as configuration and as an argument of a provider, with the secrets marked", () => {
    const { variables } = schema.config;
    assert.deepEqual(Object.keys(variables).sort(), [...configurableNames].sort());
    assert.deepEqual(schema.provider.inputProperties, variables);
    const secret = Object.entries(variables as Described).filter(([, one]) => one.secret);
    assert.deepEqual(
      secret.map(([name]) => name).sort(),
      [...new Set(secretPaths.map((path) => path.split(".")[0]))].sort(),
    );
  });

  it("says what every resource, function, type and property is", () => {
    const described = { ...schema.resources, ...schema.functions, ...schema.types };
    for (const [name, { description }] of Object.entries(described)) assert.ok(description.length > 10, name);
    for (const [place, properties] of groups()) {
      for (const [name, { description = "" }] of Object.entries(properties)) {
        assert.match(description, /^[A-Z`].*[.`]$/s, `${place}: ${name}`);
      }
    }
  });

  it("offers nothing that only programs in Node have", () => {
    const uploads = schema.resources["alicloud-ens:index:PreparedUploads"];
    assert.deepEqual(Object.keys(uploads.properties), ["bucketName", "clientIps", "triggers", "targets"]);
    assert.deepEqual(uploads.properties.targets.additionalProperties, {
      $ref: `#/types/${token("UploadTarget")}`,
    });
    assert.doesNotMatch(JSON.stringify(schema), /pulumi\.dynamic|requireUploadTarget|ossClientOptions|\{@/);
  });
});
