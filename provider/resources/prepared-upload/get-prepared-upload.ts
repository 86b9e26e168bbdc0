import { prepareUpload } from "../../ens/actions/prepare-upload";
import { checkBucketName, checkClientIp } from "../../lifecycle/checks";
import type { LookUpFunction } from "../../lifecycle/look-up-function";
import { namingNearest } from "../../lifecycle/nearest-bucket";
import { uploadTarget } from "../../lifecycle/upload-target";

export const getPreparedUpload: LookUpFunction = {
  check: ({ bucketName, clientIp }) => [...checkBucketName(bucketName), ...checkClientIp(clientIp)],

  async ask({ bucketName, clientIp }, call) {
    const name = String(bucketName);
    const client = (clientIp ?? undefined) === undefined ? {} : { clientIp: String(clientIp) };
    const ask = () => call.ens.call(prepareUpload, { bucketName: name, ...client });
    const { physicalBucketName, endpoint } = await namingNearest(ask, call);
    const target = uploadTarget(name, physicalBucketName, endpoint);
    return { ...target, target };
  },
};
