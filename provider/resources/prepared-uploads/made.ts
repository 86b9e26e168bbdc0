import type { MadeOutputs } from "../../lifecycle/lifecycle";
import { uploadTarget } from "../../lifecycle/upload-target";
import type { PreparedUploadsState } from "./lifecycle";
import { placeOf } from "./place";

/** What state does not hold, since it follows from it. */
export const made = {
  of: { targets: ["places"] },
  make: ({ bucketName, places }) => {
    const targets = Object.entries(places).map(([site, text]) => {
      const { physicalBucketName, endpoint } = placeOf(text);
      return [site, uploadTarget(bucketName, physicalBucketName, endpoint)] as const;
    });
    return { targets: Object.fromEntries(targets) };
  },
} as const satisfies MadeOutputs<PreparedUploadsState>;
