import { join } from "node:path";
import ts from "typescript";
import manifest from "../../package.json";
import { secretPaths } from "../../provider/lifecycle/settings/variables";
import { resourceType } from "../../provider/resource/resource-type";
import { resources } from "../../provider/resources/registry";
import { descriptionOf } from "./documentation";
import { languages } from "./languages";
import { type Properties, type SchemaType, SchemaTypes } from "./schema-types";
import { Sources } from "./sources";

const indexFile = "index.ts";
const providerFile = "resource/provider.ts";
const functionsFile = "resources/functions.ts";

/** The file that has it. The plugin serves it, and SDKs are made of it. */
export const schemaFile = join(__dirname, "..", "..", "provider", "fronts", "plugin", "schema.json");

/** The schema of the plugin: all of it is from the registry, and from the types with their comments. */
export function packageSchema(): SchemaType {
  const registered = Object.values(resources).map((resource) => ({
    resource,
    file: `resources/${resource.subpath}/resource.ts`,
  }));
  const sources = new Sources([indexFile, functionsFile, ...registered.map(({ file }) => file)]);
  // A setting is a secret as a whole where a part of it is: SDKs mark whole arguments only.
  const types = new SchemaTypes(sources, (path) =>
    secretPaths.some((secret) => secret === path || secret.startsWith(`${path}.`)),
  );
  const argumentsOf = (file: string, className: string) =>
    types.properties(sources.properties(sources.interface(file, `${className}Args`)), "input");
  const settings = argumentsOf(providerFile, "Provider");
  // All inputs before all outputs: what programs write has the plain names.
  const inputs = registered.map(({ file, resource }) => argumentsOf(file, resource.className));
  const made = registered.map(({ file, resource }, index) => {
    const declaration = sources.class(file, resource.className);
    const schema = {
      description: descriptionOf(declaration),
      ...types.properties(outputsOf(declaration), "output"),
      ...asInputs(inputs[index]),
      aliases: [{ type: resourceType(resource) }],
    };
    return [`alicloud-ens:index:${resource.className}`, schema];
  });
  return {
    name: "alicloud-ens",
    displayName: "Alibaba Cloud ENS",
    version: manifest.version,
    description: descriptionOf(sources.first(indexFile)),
    keywords: manifest.keywords,
    license: manifest.license,
    // A module of its own for Go.
    meta: { supportPack: true },
    config: { variables: settings.properties },
    provider: {
      description: descriptionOf(sources.class(providerFile, "Provider")),
      ...asInputs(settings),
    },
    resources: Object.fromEntries(made),
    functions: Object.fromEntries(functionsOf(sources, types)),
    types: types.named,
    language: languages,
  };
}

function asInputs(inputs: Properties | undefined): SchemaType {
  return { inputProperties: inputs?.properties, requiredInputs: inputs?.required };
}

function outputsOf({ members }: ts.ClassDeclaration): ts.PropertyDeclaration[] {
  return members.filter(ts.isPropertyDeclaration);
}

function functionsOf(sources: Sources, types: SchemaTypes): [string, SchemaType][] {
  return sources.interface(functionsFile, "Functions").members.map((member) => {
    const [result, args] = ts.isMethodSignature(member) ? [member.type, member.parameters[0]?.type] : [];
    const named = (node: ts.TypeNode | undefined) => sources.properties(sources.interfaceOf(node));
    const schema = {
      description: descriptionOf(member),
      inputs: { type: "object", ...types.properties(named(args), "input") },
      outputs: { type: "object", ...types.properties(named(result), "output") },
    };
    return [`alicloud-ens:index:${member.name?.getText()}`, schema];
  });
}
