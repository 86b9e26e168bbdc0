import type { Output, StackReference } from "@pulumi/pulumi";
import { isBucketName, isPhysicalBucketName } from "../ens/bucket-name";
import { endpointOf, endpointUrl, isHost } from "../ens/endpoint";
import { UploadTargetError } from "../ens/errors";
import { quoted } from "../ens/quoted";

/** Where uploads to a bucket go: the value that crosses stacks. */
export interface UploadTarget {
  /** The logical bucket, e.g. `media-assets`. */
  readonly bucketName: string;
  /** The physical bucket, which the OSS SDK needs, e.g. `media-assets-3f9a1c`. */
  readonly physicalBucketName: string;
  /** What ENS returned: a host with optional port, e.g. `eos.aliyuncs.com`. */
  readonly endpoint: string;
  /** The endpoint with its scheme: https, http only for a loopback host. */
  readonly endpointUrl: string;
}

/** The target for what state holds. */
export function uploadTarget(bucketName: string, physicalBucketName: string, endpoint: string): UploadTarget {
  return { bucketName, physicalBucketName, endpoint, endpointUrl: endpointUrl(endpointOf(endpoint)) };
}

/**
 * The upload target that another stack exports, checked on arrival.
 *
 * @param stackReference - The stack that exports it.
 * @param outputName - The name it is exported under.
 * @returns An output that fails with an {@link UploadTargetError} naming stack and output when that stack has no
 * such output (it was not deployed yet) or the output is something else.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const producer = new pulumi.StackReference("organization/media-storage/prod");
 * const uploads = ens.requireUploadTarget(producer, "uploads");
 * export const ossOptions = uploads.apply(ens.ossClientOptions);
 * ```
 */
export function requireUploadTarget(
  stackReference: StackReference,
  outputName: string,
): Output<UploadTarget> {
  return required(stackReference, outputName, {
    faultOf,
    what: "an upload target",
    from: "preparedUpload.target",
  });
}

/**
 * The upload targets by site that another stack exports, checked on arrival, each of them.
 *
 * @param stackReference - The stack that exports them.
 * @param outputName - The name they are exported under.
 * @returns An output that fails as that of {@link requireUploadTarget} does.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const producer = new pulumi.StackReference("organization/edge-sites/prod");
 * const uploads = ens.requireUploadTargets(producer, "uploads");
 * export const sites = uploads.apply((targets) => Object.keys(targets));
 * ```
 */
export function requireUploadTargets(
  stackReference: StackReference,
  outputName: string,
): Output<Readonly<Record<string, UploadTarget>>> {
  const expected = { faultOf: faultAmong, what: "upload targets by site", from: "preparedUploads.targets" };
  return required(stackReference, outputName, expected);
}

interface Expected {
  /** What is wrong with a value. */
  readonly faultOf: (value: unknown) => string | undefined;
  readonly what: string;
  /** Where a program gets such a value from. */
  readonly from: string;
}

function required<T>(stackReference: StackReference, outputName: string, expected: Expected): Output<T> {
  // Secretness and unknowns come along with the output; `name` is needed for the error only.
  return stackReference
    .getOutput(outputName)
    .apply((value: unknown) =>
      stackReference.name.apply((stack) => checked<T>(value, stack, outputName, expected)),
    );
}

function checked<T>(value: unknown, stack: string, outputName: string, { faultOf, what, from }: Expected): T {
  const fault = faultOf(value);
  if (fault === undefined) return value as T;
  throw new UploadTargetError(
    `The output "${outputName}" of the stack ${stack} is not ${what}: ${fault}. ` +
      `In that stack's program: \`export const ${outputName} = ${from};\`, then run ` +
      `\`pulumi up --stack ${stack}\` there and this command again.`,
  );
}

function faultAmong(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return faultOf(value);
  for (const [site, target] of Object.entries(value)) {
    const fault = faultOf(target);
    if (fault !== undefined) return `for ${quoted(site)}, ${fault}`;
  }
  return undefined;
}

function faultOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return "there is no such output";
  if (typeof value !== "object") return `expected an object, got ${typeof value}`;
  const { bucketName, physicalBucketName, endpoint, endpointUrl: url } = value as Partial<UploadTarget>;
  // None is quoted: an output can be a secret.
  if (typeof bucketName !== "string" || !isBucketName(bucketName)) {
    return faultIn("bucketName", bucketName, "the name of a bucket");
  }
  if (typeof physicalBucketName !== "string" || !isPhysicalBucketName(physicalBucketName)) {
    return faultIn("physicalBucketName", physicalBucketName, "the name of a physical bucket");
  }
  if (typeof endpoint !== "string" || !isHost(endpoint)) return faultIn("endpoint", endpoint, "a host");
  if (url !== endpointUrl(endpointOf(endpoint))) return faultIn("endpointUrl", url, "the URL of endpoint");
  return undefined;
}

function faultIn(field: string, value: unknown, expected: string): string {
  return value === undefined ? `${field} is missing` : `${field} is not ${expected}`;
}
