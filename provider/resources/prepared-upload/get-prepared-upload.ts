import { prepareUpload } from "../../ens/actions/prepare-upload";
import { checkBucketName, checkClientIp } from "../../lifecycle/checks";
import type { LookUpFunction } from "../../lifecycle/look-up-function";
import { uploadTarget } from "../../lifecycle/upload-target";

export const getPreparedUpload: LookUpFunction = {
  check: ({ bucketName, clientIp }) => [...checkBucketName(bucketName), ...checkClientIp(clientIp)],

  async ask({ bucketName, clientIp }, { ens }) {
    const name = String(bucketName);
    const client = (clientIp ?? undefined) === undefined ? {} : { clientIp: String(clientIp) };
    const { physicalBucketName, endpoint } = await ens.call(prepareUpload, { bucketName: name, ...client });
    const target = uploadTarget(name, physicalBucketName, endpoint);
    return { ...target, target };
  },
};
