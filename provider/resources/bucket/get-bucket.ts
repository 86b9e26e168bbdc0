import { checkBucketName } from "../../lifecycle/checks";
import type { LookUpFunction } from "../../lifecycle/look-up-function";
import { bucket } from "./lifecycle";

export const getBucket: LookUpFunction = {
  check: ({ bucketName }) => checkBucketName(bucketName),

  async ask({ bucketName }, call) {
    const found = await bucket.find?.state({ bucketName: String(bucketName) }, call);
    // Of a bucket that is not managed, these say nothing.
    const { forceDestroy: _, adopt: __, ...seen } = found ?? {};
    return seen;
  },
};
