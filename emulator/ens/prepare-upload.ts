import { isIP } from "node:net";
import type { Action } from "../gateway/action";
import { Refusal } from "../refusal";

/** PrepareUpload: where a bucket is for the client that will upload. */
export const prepareUpload: Action = {
  name: "PrepareUpload",
  run({ parameters, peer, world }) {
    const bucketName = parameters.text("BucketName");
    const clientIp = parameters.optionalText("ClientIp");
    if (!/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(bucketName)) {
      throw new Refusal("InvalidBucketName", 400, "Specified parameter BucketName is not valid");
    }
    if (clientIp !== undefined && isIP(clientIp) === 0) {
      throw new Refusal("InvalidClientIp", 400, "Specified parameter ClientIp is not valid");
    }
    const place = world.buckets.placeFor(bucketName, clientIp ?? peer);
    if (place === undefined) throw new Refusal("NoSuchBucket", 404, "The specified bucket does not exist.");
    return { BucketName: place.physicalBucketName, Endpoint: place.endpoint };
  },
};
