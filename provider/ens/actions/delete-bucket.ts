import type { Action } from "../action";
import { ensService, readDone } from "../action";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/**
 * Deletes an empty bucket.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-deletebucket
 */
export const deleteBucket: Action<NamedBucket, void> = {
  name: "DeleteBucket",
  service: ensService,
  readOnly: false,
  // A second call finds no bucket, and changes nothing.
  repeatable: true,
  ramAction: "ens:DeleteBucket",
  ...onBucket,
  inputs: ({ bucketName }) => ({ bucketName }),
  parameters: bucketParameter,
  readAnswer: readDone,
};
