import type { MadeOutputs } from "../../lifecycle/lifecycle";
import { uploadTarget } from "../../lifecycle/upload-target";
import type { PreparedUploadState } from "./lifecycle";

/** What state does not hold, since it follows from it. */
export const made = {
  of: { endpointUrl: ["endpoint"], target: ["physicalBucketName", "endpoint"] },
  make: ({ bucketName, physicalBucketName, endpoint }) => {
    const target = uploadTarget(bucketName, physicalBucketName, endpoint);
    return { endpointUrl: target.endpointUrl, target };
  },
} as const satisfies MadeOutputs<PreparedUploadState>;
