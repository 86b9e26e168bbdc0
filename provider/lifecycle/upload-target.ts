import { endpointOf, endpointUrl } from "../ens/endpoint";

/** Where uploads to a bucket go: the value that crosses stacks. */
export interface UploadTarget {
  /** The logical bucket, e.g. `media-assets`. */
  readonly bucketName: string;
  /** The physical bucket, for the OSS SDK, e.g. `media-assets-3f9a1c`. */
  readonly physicalBucketName: string;
  /** What ENS returned: a host with optional port, e.g. `eos.aliyuncs.com`. */
  readonly endpoint: string;
  /** The endpoint with its scheme: https, http only for a loopback host. */
  readonly endpointUrl: string;
}

/** The target, made from what state holds. */
export function uploadTarget(bucketName: string, physicalBucketName: string, endpoint: string): UploadTarget {
  return { bucketName, physicalBucketName, endpoint, endpointUrl: endpointUrl(endpointOf(endpoint)) };
}
