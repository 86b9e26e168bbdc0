import type { Action, Service } from "../ens/action";
import { concealed } from "../ens/text/concealed";
import { quoted } from "../ens/text/quoted";
import type { Content } from "./content";

/** The object storage that ENS's buckets are in. Its clients speak OSS. */
export const eosService: Service = {
  name: "EOS",
  version: "OSS",
  // Where a bucket is comes from ENS, so what is to be checked is where ENS was asked.
  endpointSetting: "endpoint",
  systemPolicy: "AliyunEnsEOSFullAccess",
};

/** Where a bucket physically is, as PrepareUpload answers. */
export interface BucketPlace {
  /** The logical bucket: errors name it. */
  readonly bucketName: string;
  readonly physicalBucketName: string;
  /** Host with optional port. */
  readonly endpoint: string;
  /** What keys may begin with that must not be shown. Default: nothing. */
  readonly secretPrefixes?: readonly string[];
}

/** An object of a bucket. */
export interface ObjectRequest extends BucketPlace {
  readonly key: string;
}

/** A request that sends bytes. */
export interface ContentRequest {
  readonly content: Content;
  /** Told how many bytes the connection took. It begins at 0 for each attempt. */
  readonly onSent?: (bytes: number) => void;
}

/**
 * An action of the object storage. Its `parameters` are the query without what is signed of it. Which RAM action allows
 * it is not documented.
 */
export interface StorageAction<Request extends BucketPlace, Answer> extends Action<Request, Answer> {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** The element that its answer is. One without may be answered with headers alone. */
  readonly element?: string;
  /** The code that is no error, such as of what is gone already. The answer then has it as `Code`. */
  readonly expectedCode?: string;
  /** The object that it is about. Left out where it is about the bucket. */
  key?(request: Request): string;
  /** The part of the query that is signed. */
  subresource?(request: Request): Readonly<Record<string, string>>;
  headers?(request: Request): Readonly<Record<string, string>>;
  /** The body of the request, as XML. */
  xml?(request: Request): string;
  /** The body of the request. */
  body?(request: Request): ContentRequest;
}

/** What the actions of the object storage have in common. */
export const inStorage = {
  service: eosService,
  ramResource: () => "*",
  subject: ({ bucketName, endpoint }: BucketPlace) => `bucket "${bucketName}" at ${endpoint}`,
  inputs: ({ bucketName }: BucketPlace) => ({ bucketName }),
  hidden: ({ secretPrefixes = [] }: BucketPlace) => secretPrefixes,
};

/** What those about one object have in common. */
export const ofObject = {
  ...inStorage,
  subject: (request: ObjectRequest) => `object ${quoted(shownKey(request))} of ${inStorage.subject(request)}`,
  inputs: ({ bucketName, key }: ObjectRequest) => ({ bucketName, key }),
  key: ({ key }: ObjectRequest) => key,
};

/** A key without the secret that it begins with. Among secrets, one that begins with none is what an older one has left. */
export function shownKey({
  key,
  secretPrefixes = [],
}: Pick<ObjectRequest, "key" | "secretPrefixes">): string {
  if (secretPrefixes.length === 0) return key;
  const prefix = secretPrefixes.find((one) => key.startsWith(one));
  return prefix === undefined ? concealed : `${concealed}${key.slice(prefix.length)}`;
}
