import type { Action } from "../action";
import { ensService, requestIdRule } from "../action";
import { isPhysicalBucketName } from "../bucket-name";
import { isHost } from "../endpoint";

/** The bucket to find, and the client to find it for. */
export interface PrepareUploadRequest {
  /** The logical bucket. */
  readonly bucketName: string;
  /** The address that will upload, where it is not the caller's. */
  readonly clientIp?: string;
}

/** Where a bucket physically is. */
export interface PreparedUploadAnswer {
  readonly physicalBucketName: string;
  /** Host with optional port, as ENS gave it. */
  readonly endpoint: string;
  readonly requestId: string;
}

/**
 * Asks where a bucket physically is.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-prepareupload
 */
export const prepareUpload: Action<PrepareUploadRequest, PreparedUploadAnswer> = {
  name: "PrepareUpload",
  service: ensService,
  readOnly: true,
  repeatable: true,
  ramAction: "ens:PrepareUpload",
  ramResource: () => "*",
  subject: ({ bucketName }) => `bucket "${bucketName}"`,
  inputs: ({ bucketName, clientIp }) => ({ bucketName, ...(clientIp !== undefined ? { clientIp } : {}) }),
  parameters: ({ bucketName, clientIp }) => ({
    BucketName: bucketName,
    ...(clientIp !== undefined ? { ClientIp: clientIp } : {}),
  }),
  readAnswer: (fields) => ({
    physicalBucketName: fields.text("BucketName", {
      expected: "the name of a physical bucket",
      test: isPhysicalBucketName,
    }),
    endpoint: fields.text("Endpoint", { expected: "a host with an optional port", test: isHost }),
    requestId: fields.text("RequestId", requestIdRule),
  }),
};
