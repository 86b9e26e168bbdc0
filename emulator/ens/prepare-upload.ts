import { isIP } from "node:net";
import type { Action } from "../gateway/action";
import { refuseInvalid } from "../gateway/refuse-invalid";
import { placeFor } from "../world/buckets";
import { bucketNameOf, requireBucket } from "./require-bucket";

/** PrepareUpload: where a bucket is for the client that will upload. */
export const prepareUpload: Action = {
  name: "PrepareUpload",
  run(call) {
    const { parameters, peer } = call;
    bucketNameOf(parameters);
    const clientIp = parameters.optionalText("ClientIp");
    if (clientIp !== undefined && isIP(clientIp) === 0) return refuseInvalid("ClientIp");
    const { physicalBucketName, endpoint } = placeFor(requireBucket(call), clientIp ?? peer);
    return { BucketName: physicalBucketName, Endpoint: endpoint };
  },
};
