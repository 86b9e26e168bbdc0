import { prepareUpload } from "../../../provider/ens/actions/prepare-upload";
import type { Caller } from "../../../provider/ens/client";
import { endpointUrl } from "../../../provider/ens/endpoint";
import { ApiError, CredentialsError, EnsError, hasReason } from "../../../provider/ens/errors";
import { isPublicAddress } from "../../../provider/ens/ip-address";
import type { Settings } from "../../../provider/lifecycle/settings/settings";
import { uploadTarget } from "../../../provider/lifecycle/upload-target";
import { type Finding, ok, problem, warning } from "../finding";
import { inFull } from "../in-full";
import type { Report } from "../report";
import { nobodysBucketName } from "./management";

/** The bucket to ask for. */
export interface Bucket {
  readonly bucketName: string;
  readonly clientIp?: string;
}

/** What the checks found, and where the bucket is. */
export interface BucketFindings {
  readonly findings: readonly Finding[];
  readonly target?: NonNullable<Report["target"]>;
}

/**
 * Calls PrepareUpload for the bucket. Without one, it asks for a bucket that nobody has: ENS says that there is no such
 * bucket only to those who may ask.
 */
export async function checkBucket(
  bucket: Bucket | undefined,
  ens: Caller,
  settings: Settings,
): Promise<BucketFindings> {
  try {
    const nobodysBucket = { bucketName: nobodysBucketName() };
    const { requestId, ...place } = await ens.call(prepareUpload, bucket ?? nobodysBucket);
    if (bucket === undefined) return { findings: [permitted] };
    const target = uploadTarget(bucket.bucketName, place.physicalBucketName, place.endpoint);
    return { findings: [permitted, describe(bucket, target)], target: { ...target, requestId } };
  } catch (error) {
    if (!EnsError.isInstance(error)) throw error;
    return {
      findings:
        bucket === undefined ? permissionFindings(error, settings) : diagnose(error, bucket, settings),
    };
  }
}

const permitted = ok("permission", "ENS lets these credentials call PrepareUpload");

type Target = ReturnType<typeof uploadTarget>;

function describe({ bucketName, clientIp }: Bucket, { physicalBucketName, endpoint }: Target): Finding {
  const place = `${bucketName} is ${physicalBucketName} at ${endpoint}`;
  if (clientIp === undefined) return ok("bucket", place);
  const message = `${place} for ${clientIp}`;
  if (isPublicAddress(clientIp)) return ok("bucket", message);
  const remedy = `${clientIp} is not a public address, so it does not tell ENS where the client is. Give the address that the client has on the internet.`;
  return warning("bucket", `${message}, which is not a public address`, remedy);
}

function permissionFindings(error: EnsError, settings: Settings): readonly Finding[] {
  return [hasReason(error, "noSuchBucket") ? permitted : findingFor(error, settings)];
}

function diagnose(error: EnsError, { bucketName }: Bucket, settings: Settings): readonly Finding[] {
  if (!ApiError.isInstance(error)) return [findingFor(error, settings)];
  switch (error.reason) {
    case "noSuchBucket":
      return [
        permitted,
        problem("bucket", `there is no bucket ${bucketName} (${error.code})`, error.message),
      ];
    case "invalidInput":
      return [problem("bucket", `ENS refuses the request (${error.code})`, error.message)];
    default:
      return [findingFor(error, settings)];
  }
}

/** What an error says about anything but the bucket. */
function findingFor(error: EnsError, { endpoint }: Settings): Finding {
  const message = inFull(error);
  if (!ApiError.isInstance(error)) {
    return CredentialsError.isInstance(error)
      ? problem("credentials", "no credentials were found", message)
      : problem("endpoint", `${endpointUrl(endpoint)} gives no usable answer`, message);
  }
  switch (error.reason) {
    case "credentials":
      return problem("credentials", `ENS refuses them (${error.code})`, message);
    case "clock":
      return problem("clock", `ENS refuses the time of this machine (${error.code})`, message);
    default:
      return problem("permission", `PrepareUpload fails with ${error.code}`, message);
  }
}
