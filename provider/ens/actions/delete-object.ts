import type { Action } from "../action";
import { ensService, readDone } from "../action";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** An object of a bucket. */
export interface DeleteObjectRequest extends NamedBucket {
  readonly key: string;
}

/**
 * Deletes one object, wherever the bucket has it. Where there is none, the answer is the error `NoSuchKey`.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-deleteobject
 */
export const deleteObject: Action<DeleteObjectRequest, void> = {
  name: "DeleteObject",
  service: ensService,
  readOnly: false,
  // A second call finds no object, and changes nothing.
  repeatable: true,
  ramAction: "ens:DeleteObject",
  ...onBucket,
  inputs: ({ bucketName, key }) => ({ bucketName, key }),
  parameters: (request) => ({ ...bucketParameter(request), ObjectKey: request.key }),
  readAnswer: readDone,
};
