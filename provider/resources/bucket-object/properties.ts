import { isDeepStrictEqual } from "node:util";
import type { Fields } from "../../ens/fields";
import { anyText } from "../../ens/fields";
import type { ObjectHeaders } from "../../eos/object-headers";
import type { Properties } from "../../lifecycle/lifecycle";
import type { Asset } from "./asset";
import { isAsset } from "./asset";

/** What the program gave, with every output resolved. */
export interface BucketObjectInputs extends ObjectHeaders {
  readonly bucketName: string;
  readonly key: string;
  /** Either this or a content. */
  readonly source?: Asset;
  readonly content?: string;
}

/** What state holds. */
export interface BucketObjectState extends BucketObjectInputs {
  readonly contentType: string;
  /** Whether the type follows from the key, since the program gave none. */
  readonly typeFromKey?: true;
  /** As EOS has it, in lower case. */
  readonly etag: string;
  /** In bytes. */
  readonly size: number;
  /** Whether others have put another content. */
  readonly overwritten?: true;
}

export function readInputs(fields: Fields): BucketObjectInputs {
  const source = fields.optionalRecord("source");
  return {
    bucketName: fields.text("bucketName", anyText),
    key: fields.text("key", anyText),
    ...(source !== undefined ? { source: source as Asset } : {}),
    ...optionalTexts(fields, ["content", "contentType", "cacheControl", "contentDisposition", "contentEncoding"]),
    ...(fields.optionalRecord("metadata") !== undefined ? { metadata: fields.texts("metadata", anyText) } : {}),
  };
}

export function readState(fields: Fields): BucketObjectState {
  return {
    ...readInputs(fields),
    contentType: fields.text("contentType", anyText),
    ...(fields.optionalFlag("typeFromKey") === true ? { typeFromKey: true } : {}),
    etag: fields.text("etag", anyText),
    size: fields.optionalCount("size") ?? 0,
    ...(fields.optionalFlag("overwritten") === true ? { overwritten: true } : {}),
  };
}

function optionalTexts<Name extends string>(fields: Fields, names: readonly Name[]): { readonly [N in Name]?: string } {
  const read = names.flatMap((name) => {
    const text = fields.optionalText(name, anyText);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(read) as { readonly [N in Name]?: string };
}

/** Whether two contents are the same. Of an asset, the engine says only its hash. */
export function sameSource(one: unknown, other: unknown): boolean {
  if (isAsset(one) && isAsset(other) && one.hash !== undefined && other.hash !== undefined) {
    return one.hash === other.hash;
  }
  return isDeepStrictEqual(one ?? undefined, other ?? undefined);
}

/** Metadata as the storage keeps it: its names in lower case. */
export function withLowerCaseNames(metadata: Properties): Properties {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]));
}
