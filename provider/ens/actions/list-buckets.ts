import type { Action } from "../action";
import { ensService, requestIdRule } from "../action";
import type { BucketInfo } from "./bucket-info";
import { readBucketInfo } from "./bucket-info";

/** Which of the account's buckets to list: a page of those that begin with a prefix. */
export interface ListBucketsRequest {
  readonly prefix: string;
  /** From 1. */
  readonly pageNumber: number;
}

/** Buckets a page; the API takes no more. */
export const bucketsPerPage = 100;

/** A page of buckets, and how many there are in all. */
export interface BucketPage {
  readonly buckets: readonly BucketInfo[];
  readonly totalCount: number;
}

/**
 * Lists the account's buckets. Nothing else tells a bucket's edge node.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-listbuckets
 */
export const listBuckets: Action<ListBucketsRequest, BucketPage> = {
  name: "ListBuckets",
  service: ensService,
  readOnly: true,
  repeatable: true,
  ramAction: "ens:ListBuckets",
  ramResource: () => "*",
  subject: ({ prefix }) => `buckets "${prefix}…"`,
  // A prefix is the beginning of the bucket's name, or all of it.
  inputs: ({ prefix }) => ({ bucketName: prefix }),
  parameters: ({ prefix, pageNumber }) => ({
    Prefix: prefix,
    PageNumber: String(pageNumber),
    PageSize: String(bucketsPerPage),
  }),
  readAnswer: (fields) => {
    fields.text("RequestId", requestIdRule);
    const buckets = fields.objects("BucketInfos").map(readBucketInfo);
    return { buckets, totalCount: fields.optionalCount("TotalCount") ?? buckets.length };
  },
};
