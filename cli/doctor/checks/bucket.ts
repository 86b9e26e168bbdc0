import { prepareUpload } from "../../../provider/ens/actions/prepare-upload";
import type { Caller } from "../../../provider/ens/client";
import { endpointUrl } from "../../../provider/ens/endpoint";
import { ApiError, CredentialsError, EnsError } from "../../../provider/ens/errors";
import { isPublicAddress } from "../../../provider/ens/ip-address";
import type { KeySource } from "../../../provider/ens/keys";
import type { Settings } from "../../../provider/lifecycle/settings/settings";
import { uploadTarget } from "../../../provider/lifecycle/upload-target";
import { ofError } from "../details";
import { type Finding, ok, problem, warning } from "../finding";
import type { Report } from "../report";
import { noneFound } from "./credentials";
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

/** Who asks, with what. */
export interface Asking {
  readonly ens: Caller;
  readonly keys: KeySource;
  readonly settings: Settings;
}

/**
 * Calls PrepareUpload for the bucket. Without one, it asks for a bucket that nobody has: ENS says that there is no such
 * bucket only to those who may ask.
 */
export async function checkBucket(bucket: Bucket | undefined, asking: Asking): Promise<BucketFindings> {
  try {
    const nobodysBucket = { bucketName: nobodysBucketName() };
    const { requestId, ...place } = await asking.ens.call(prepareUpload, bucket ?? nobodysBucket);
    if (bucket === undefined) return { findings: [permitted] };
    const target = uploadTarget(bucket.bucketName, place.physicalBucketName, place.endpoint);
    return { findings: [permitted, describe(bucket, target)], target: { ...target, requestId } };
  } catch (error) {
    if (!EnsError.isInstance(error)) throw error;
    return { findings: diagnose(error, bucket, asking) };
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

function diagnose(error: EnsError, bucket: Bucket | undefined, asking: Asking): readonly Finding[] {
  if (!ApiError.isInstance(error)) return [findingOf(error, asking.settings)];
  const { reason, code, message } = error;
  const details = ofError(error, asking.keys);
  if (reason === "noSuchBucket") {
    if (bucket === undefined) return [permitted];
    const what = `there is no bucket ${bucket.bucketName} (${code})`;
    return [permitted, problem("bucket", what, message, { details })];
  }
  if (reason === "invalidInput" && bucket !== undefined) {
    return [problem("bucket", `ENS refuses the request (${code})`, message)];
  }
  if (reason === "credentials") {
    return [problem("credentials", `ENS refuses them (${code})`, message, { details })];
  }
  if (reason === "clock") {
    return [problem("clock", `ENS refuses the time of this machine (${code})`, message)];
  }
  return [problem("permission", `PrepareUpload fails with ${code}`, message, { details })];
}

/** What there is to say where no service answered with a code. */
function findingOf(error: EnsError, settings: Settings): Finding {
  const { message } = error;
  if (!CredentialsError.isInstance(error)) {
    return problem("endpoint", `${endpointUrl(settings.endpoint)} gives no usable answer`, message);
  }
  return error.places === undefined
    ? problem("credentials", "their source gives no keys any more", message)
    : noneFound(settings, error.places);
}
