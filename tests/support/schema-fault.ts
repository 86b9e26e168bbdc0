import schema from "../../provider/fronts/plugin/schema.json";

/** A type in schema.json. */
export interface SchemaType {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: SchemaType;
  readonly additionalProperties?: SchemaType;
  readonly oneOf?: readonly SchemaType[];
}

/** An object in schema.json: its properties, and which of them are always there. */
export interface SchemaObject {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaType>>;
  readonly required?: readonly string[];
}

const types: Readonly<Record<string, SchemaObject | undefined>> = schema.types;

/** What is wrong with an object by the schema: what it lacks, or what is of another type. */
export function schemaFault(
  { properties = {}, required = [] }: SchemaObject,
  value: object,
): string | undefined {
  const entries = Object.entries(value);
  const lacks = required.find((name) => !Object.hasOwn(value, name));
  if (lacks !== undefined) return `lacks ${lacks}`;
  for (const [name, part] of entries) {
    const type = properties[name];
    const fault = type && faultOf(type, part);
    if (fault !== undefined) return `${name}: ${fault}`;
  }
  return undefined;
}

function faultOf(type: SchemaType, value: unknown): string | undefined {
  if (type.oneOf !== undefined) {
    const faults = type.oneOf.map((one) => faultOf(one, value));
    return faults.includes(undefined) ? undefined : faults.join(", and ");
  }
  const named = type.$ref === undefined ? undefined : types[type.$ref.replace("#/types/", "")];
  if (named !== undefined) return objectFault(named, value);
  // What Pulumi itself defines: anything, or an asset.
  if (type.$ref !== undefined) return undefined;
  const kind = type.type === "integer" ? "number" : type.type;
  const came = Array.isArray(value) ? "array" : typeof value;
  if (came !== kind) return `is of the type ${came}, not ${type.type}`;
  if (type.type === "integer" && !Number.isInteger(value)) return `${value} is no integer`;
  const parts = [type.items, type.additionalProperties].filter((part) => part !== undefined);
  return parts
    .flatMap((part) => Object.values(value as object).map((one) => faultOf(part, one)))
    .find((fault) => fault !== undefined);
}

function objectFault(named: SchemaObject, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return `is ${JSON.stringify(value)}, not an object`;
  const other = Object.keys(value).find((name) => !Object.hasOwn(named.properties ?? {}, name));
  return other === undefined ? schemaFault(named, value) : `has ${other}, which the schema does not know`;
}
