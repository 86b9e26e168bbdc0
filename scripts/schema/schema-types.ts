import ts from "typescript";
import { descriptionOf, hasTag } from "./documentation";
import type { Sources } from "./sources";

/** A type as the schema has it. */
export type SchemaType = Readonly<Record<string, unknown>>;

/** Properties of a resource, a function or a type. */
export interface Properties {
  readonly properties: Readonly<Record<string, SchemaType>>;
  readonly required: readonly string[];
}

/** What programs give, or what they get. */
export type Side = "input" | "output";

const simple: ReadonlyMap<ts.SyntaxKind, SchemaType> = new Map([
  [ts.SyntaxKind.StringKeyword, { type: "string" }],
  // All numbers of this package are whole.
  [ts.SyntaxKind.NumberKeyword, { type: "integer" }],
  [ts.SyntaxKind.BooleanKeyword, { type: "boolean" }],
  [ts.SyntaxKind.UnknownKeyword, { $ref: "pulumi.json#/Any" }],
]);

/** Makes types of the schema from TypeScript's, and keeps those that have a name. */
export class SchemaTypes {
  readonly named: Record<string, SchemaType> = {};
  readonly #sources: Sources;
  readonly #isSecret: (path: string) => boolean;

  /** @param isSecret - Whether a property is a secret, by its path from the top. */
  constructor(sources: Sources, isSecret: (path: string) => boolean) {
    this.#sources = sources;
    this.#isSecret = isSecret;
  }

  /** The properties that `members` declare, except what only programs in Node have: it has the tag `@nodeOnly`. */
  properties(
    members: readonly (ts.PropertyDeclaration | ts.PropertySignature)[],
    side: Side,
    path = "",
  ): Properties {
    const offered = members.filter((member) => !hasTag(member, "nodeOnly"));
    const read = offered.map((member) => {
      const name = member.name.getText();
      const node = withoutWrapper(member.type);
      const at = path === "" ? name : `${path}.${name}`;
      const description = descriptionOf(member);
      const schema = {
        ...this.#type(node, side, at),
        // Some languages have 32 bits for an integer.
        ...(hasTag(member, "large") ? { type: "number" } : {}),
        ...(description !== "" ? { description } : {}),
        ...(this.#isSecret(at) ? { secret: true } : {}),
      };
      return { name, schema, optional: member.questionToken !== undefined || mayBeUndefined(node) };
    });
    return {
      properties: Object.fromEntries(read.map(({ name, schema }) => [name, schema])),
      required: read.filter(({ optional }) => !optional).map(({ name }) => name),
    };
  }

  #type(node: ts.TypeNode, side: Side, path: string): SchemaType {
    const type = (inner: ts.TypeNode | undefined) => this.#type(withoutWrapper(inner), side, path);
    const plain = simple.get(node.kind);
    if (plain !== undefined) return plain;
    if (ts.isTypeOperatorNode(node)) return type(node.type);
    if (ts.isArrayTypeNode(node)) return { type: "array", items: type(node.elementType) };
    if (ts.isUnionTypeNode(node)) {
      const parts = node.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword);
      if (parts.length === 1) return type(parts[0]);
    }
    if (ts.isTypeReferenceNode(node)) {
      const name = node.typeName.getText();
      if (name === "Readonly") return type(node.typeArguments?.[0]);
      if (name === "Record") return { type: "object", additionalProperties: type(node.typeArguments?.[1]) };
      if (name === "pulumi.asset.Asset") return { $ref: "pulumi.json#/Asset" };
      return this.#namedType(this.#sources.named(node), side, path);
    }
    throw new Error(`The schema has no type for ${node.getText()} of ${path}`);
  }

  #namedType(
    declaration: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
    side: Side,
    path: string,
  ): SchemaType {
    const name = declaration.name.text;
    const description = descriptionOf(declaration);
    if (ts.isTypeAliasDeclaration(declaration)) {
      if (side === "output") return { type: "string" };
      const values = wordsOf(declaration).map((value) => ({ name: constantOf(value), value }));
      return { oneOf: [{ type: "string" }, this.#keep(name, { type: "string", description, enum: values })] };
    }
    const { properties, required } = this.properties(this.#sources.properties(declaration), side, path);
    return this.#keep(name.replace(/Args$/, ""), { type: "object", description, properties, required });
  }

  /** What programs get has a name of its own where it differs from what they give under that name. */
  #keep(name: string, schema: SchemaType): SchemaType {
    const token = `alicloud-ens:index:${name}`;
    const kept = this.named[token];
    if (kept !== undefined && shapeOf(kept) !== shapeOf(schema)) return this.#keep(`${name}Result`, schema);
    this.named[token] ??= schema;
    return { $ref: `#/types/${token}` };
  }
}

/** A type without what every input and output has around it. */
function withoutWrapper(node: ts.TypeNode | undefined): ts.TypeNode {
  if (node === undefined) throw new Error("A property has no type");
  if (!ts.isTypeReferenceNode(node) || !/^pulumi\.(Input|Output)$/.test(node.typeName.getText())) return node;
  return withoutWrapper(node.typeArguments?.[0]);
}

function mayBeUndefined(node: ts.TypeNode): boolean {
  return ts.isUnionTypeNode(node) && node.types.some((part) => part.kind === ts.SyntaxKind.UndefinedKeyword);
}

/** The texts of an alias such as `"private" | "public-read"`. */
function wordsOf({ name, type }: ts.TypeAliasDeclaration): string[] {
  if (!ts.isUnionTypeNode(type)) throw new Error(`${name.text} is not a choice of texts`);
  return type.types.map((part) => part.getText().slice(1, -1));
}

/** The name of a text as a constant: `PublicRead` of `public-read`. */
function constantOf(text: string): string {
  return text.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());
}

function shapeOf(schema: SchemaType): string {
  return JSON.stringify(schema, (key, value) => (key === "description" ? undefined : value));
}
