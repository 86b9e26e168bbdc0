import { isPhysicalBucketName } from "./bucket-name";
import { isHost } from "./endpoint";
import { AnswerError } from "./errors";
import { printable } from "./printable";
import { shown } from "./shown";

/** Where a bucket physically is. */
export interface PreparedUploadAnswer {
  readonly physicalBucketName: string;
  /** Host with optional port, as ENS gave it. */
  readonly endpoint: string;
  readonly requestId: string;
}

/** The answer of PrepareUpload, refused unless every part of it is what it should be. */
export function readAnswer(
  body: Readonly<Record<string, unknown>>,
  bucketName: string,
): PreparedUploadAnswer {
  const { BucketName, Endpoint, RequestId } = body;
  const faults: string[] = [];
  if (typeof BucketName !== "string" || !isPhysicalBucketName(BucketName)) {
    faults.push(`BucketName should be the name of a physical bucket, got ${shown(BucketName)}`);
  }
  if (typeof Endpoint !== "string" || !isHost(Endpoint)) {
    faults.push(`Endpoint should be a host with an optional port, got ${shown(Endpoint)}`);
  }
  if (typeof RequestId !== "string" || !/^[\w-]{1,128}$/.test(RequestId)) {
    faults.push(`RequestId should be an id, got ${shown(RequestId)}`);
  }
  if (faults.length > 0) {
    throw new AnswerError(
      `The answer to PrepareUpload for bucket "${bucketName}" (request id ${printable(RequestId, 128) || "none"}) ` +
        `cannot be used: ${faults.join("; ")}. Nothing was changed. Run the command again; ` +
        "if it stays, check the setting endpoint and give Alibaba Cloud's support the request id.",
    );
  }
  return {
    physicalBucketName: BucketName as string,
    endpoint: Endpoint as string,
    requestId: RequestId as string,
  };
}
