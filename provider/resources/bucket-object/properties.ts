import type { Fields } from "../../ens/fields";
import { anyText } from "../../ens/fields";
import type { ObjectHeaders } from "../../eos/object-headers";
import { defined } from "../../lifecycle/defined";
import type { Asset } from "./asset";

/** What the program gave, with every output resolved. */
export interface BucketObjectInputs extends ObjectHeaders {
  readonly bucketName: string;
  readonly key: string;
  /** Either this or a content. */
  readonly source?: Asset;
  readonly content?: string;
}

/** What state holds. */
export interface BucketObjectState extends Omit<BucketObjectInputs, "source"> {
  /**
   * The hash of the source. State does not hold the source itself: Pulumi's SDK fails where an output is an asset without
   * text, as that of an empty file is, or one that was read again, of which only the hash is left.
   */
  readonly sourceHash?: string;
  readonly contentType: string;
  /** Whether the type follows from the key, since the program gave none. */
  readonly typeFromKey?: boolean;
  /** As EOS has it, in lower case. */
  readonly etag: string;
  /** In bytes. */
  readonly size: number;
  /** Whether others have put another content. */
  readonly overwritten?: boolean;
}

export function readInputs(fields: Fields): BucketObjectInputs {
  const hasMetadata = fields.optionalRecord("metadata") !== undefined;
  return defined({
    bucketName: fields.text("bucketName", anyText),
    key: fields.text("key", anyText),
    source: fields.optionalRecord("source") as Asset | undefined,
    content: fields.optionalText("content", anyText),
    contentType: fields.optionalText("contentType", anyText),
    cacheControl: fields.optionalText("cacheControl", anyText),
    contentDisposition: fields.optionalText("contentDisposition", anyText),
    contentEncoding: fields.optionalText("contentEncoding", anyText),
    metadata: hasMetadata ? fields.texts("metadata", anyText) : undefined,
  });
}

export function readState(fields: Fields): BucketObjectState {
  const { source: _, ...inputs } = readInputs(fields);
  return defined({
    ...inputs,
    sourceHash: fields.optionalText("sourceHash", anyText),
    contentType: fields.text("contentType", anyText),
    typeFromKey: fields.optionalFlag("typeFromKey"),
    etag: fields.text("etag", anyText),
    size: fields.optionalCount("size") ?? 0,
    overwritten: fields.optionalFlag("overwritten"),
  });
}
