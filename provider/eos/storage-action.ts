import type { Action, Service } from "../ens/action";

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
}

/**
 * An action of the object storage. Its `parameters` are the query without what is signed of it. Which RAM action allows
 * it is not documented.
 */
export interface StorageAction<Request extends BucketPlace, Answer> extends Action<Request, Answer> {
  readonly method: "GET" | "POST" | "DELETE";
  /** The element that its answer is. An action that changes something may be answered with nothing. */
  readonly element?: string;
  /** The code that says that there is nothing left to do. */
  readonly doneBefore?: string;
  /** The object that it is about. Left out where it is about the bucket. */
  key?(request: Request): string;
  /** The part of the query that is signed. */
  subresource?(request: Request): Readonly<Record<string, string>>;
  /** The body of the request, as XML. */
  content?(request: Request): string;
}

/** What the actions of the object storage have in common. */
export const inStorage = {
  service: eosService,
  ramResource: () => "*",
  subject: ({ bucketName, endpoint }: BucketPlace) => `bucket "${bucketName}" at ${endpoint}`,
  inputs: ({ bucketName }: BucketPlace) => ({ bucketName }),
};
