import { isDeepStrictEqual } from "node:util";
import type { StoredObject } from "../../eos/actions/head-object";
import { defined } from "../../lifecycle/defined";
import type { BucketObjectState } from "./properties";

export const headers = ["cacheControl", "contentDisposition", "contentEncoding", "metadata"] as const;

/** What EOS says of an object, put into what state says of it. */
export function stateOf(seen: StoredObject, state: BucketObjectState): BucketObjectState {
  const { bucketName, key, content, sourceHash, typeFromKey } = state;
  const { contentType = "", cacheControl, contentDisposition, contentEncoding, etag, size } = seen;
  const isOurs = etag === state.etag && state.overwritten === undefined;
  return defined({
    bucketName,
    key,
    content,
    sourceHash,
    contentType,
    typeFromKey: contentType === state.contentType ? typeFromKey : undefined,
    cacheControl,
    contentDisposition,
    contentEncoding,
    metadata: spelled(seen.metadata, state.metadata),
    etag,
    size,
    overwritten: isOurs ? undefined : true,
  });
}

type Metadata = BucketObjectState["metadata"];

/** The storage keeps names in lower case; the program may spell them otherwise. */
function spelled(seen: Metadata = {}, before: Metadata = {}): Metadata {
  const spelling = new Map(Object.keys(before).map((name) => [name.toLowerCase(), name]));
  const entries = Object.entries(seen).map(([name, value]) => [spelling.get(name) ?? name, value]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What EOS says; the rest is the program's word. */
const told = ["contentType", ...headers, "etag", "size"] as const;

export function movedFrom(before: BucketObjectState, now: BucketObjectState): string[] {
  return told.filter((name) => !isDeepStrictEqual(before[name], now[name]));
}
