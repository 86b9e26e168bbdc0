import type { Output, StackReference } from "@pulumi/pulumi";
import { all, isSecret } from "@pulumi/pulumi";
import { isBucketName, isPhysicalBucketName } from "../ens/bucket-name";
import { endpointOf, endpointUrl, isHost } from "../ens/endpoint";
import { ProgramError, UploadTargetError } from "../ens/errors";
import { isRecord } from "../ens/is-record";
import { printable } from "../ens/text/printable";
import { quoted } from "../ens/text/quoted";
import { shellQuoted } from "../ens/text/shell-quoted";
import { textLiteral } from "../ens/text/ts-literal";
import type { UploadTarget } from "../lifecycle/upload-target";
import { exportStatement } from "./export-statement";

/**
 * The upload target that another stack exports, checked on arrival.
 *
 * @param stackReference - The stack that exports it.
 * @param outputName - The name it is exported under: that of a whole output, and no path into one.
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
    read: readTarget,
    what: "an upload target",
    from: "preparedUpload.target",
  });
}

/**
 * The upload targets by site that another stack exports, each checked on arrival.
 *
 * @param stackReference - The stack that exports them.
 * @param outputName - The name they are exported under.
 * @returns An output that fails like that of {@link requireUploadTarget}.
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
  const expected = { read: readTargets, what: "upload targets by site", from: "preparedUploads.targets" };
  return required(stackReference, outputName, expected);
}

/** A value that was read, or what is wrong with it. */
type Read<T> = { readonly value: T } | { readonly fault: string };

interface Expected<T> {
  readonly read: (value: unknown, secret: boolean) => Read<T>;
  readonly what: string;
  /** Where a program gets such a value from. */
  readonly from: string;
}

function required<T>(stackReference: StackReference, outputName: string, expected: Expected<T>): Output<T> {
  requireReference(stackReference, outputName);
  const output = stackReference.getOutput(outputName);
  const take = ([value, stack, secret]: Arrived, others?: unknown): T => {
    const result = expected.read(value, secret);
    if ("value" in result) return result.value;
    throw refusal(result.fault, { stack, outputName, others }, expected);
  };
  // The output brings along whether it is secret or not known yet; the rest is needed only for the error.
  const arrived = all([output, stackReference.name, isSecret(output)]);
  if (!outputName.includes(".")) return arrived.apply((one) => take(one));
  // It may be meant as a path into another output, which the error then says.
  const { outputs } = stackReference;
  return arrived.apply((one) => outputs.apply((others) => take(one, others)));
}

type Arrived = readonly [value: unknown, stack: string, secret: boolean];

/** @throws ProgramError for what a program in JavaScript, or with a cast, can give instead */
function requireReference(stackReference: StackReference, outputName: string): void {
  if (typeof stackReference?.getOutput !== "function") {
    throw new ProgramError({
      what: `The stack that exports an upload target is given as ${quoted(stackReference)}.`,
      remedy: 'Give a StackReference: `new pulumi.StackReference("organization/media-storage/prod")`.',
    });
  }
  if (typeof outputName !== "string" || outputName === "") {
    throw new ProgramError({
      what: `The name under which another stack exports an upload target is ${quoted(outputName)}.`,
      remedy: "Give the name of an output, which is a text.",
    });
  }
}

interface Wanted {
  readonly stack: string;
  readonly outputName: string;
  /** All outputs of the stack, where the name may be a path into one of them. */
  readonly others: unknown;
}

function refusal<T>(
  fault: string,
  { stack, outputName, others }: Wanted,
  { what, from }: Expected<T>,
): UploadTargetError {
  const [top = "", ...inside] = outputName.split(".");
  const beginning = `The output ${textLiteral(outputName)} of the stack ${printable(stack)} is not ${what}: `;
  const outer = isRecord(others) && Object.hasOwn(others, top) ? textLiteral(top) : undefined;
  if (outer !== undefined && hasInside(others, [top, ...inside])) {
    const members = inside.map((name) => `[${textLiteral(name)}]`).join("");
    return new UploadTargetError({
      what: `${beginning}an output is looked up by its whole name, and this is inside of the output ${outer}.`,
      remedy:
        "Export it under a name of its own, or take it without a check: " +
        `\`const uploads = stackReference.requireOutput(${outer}).apply((output) => output${members});\`.`,
    });
  }
  const alsoNotInside = outer === undefined ? "" : `, nor does the output ${outer} have it inside`;
  return new UploadTargetError({
    what: `${beginning}${fault}${alsoNotInside}.`,
    remedy:
      `In that stack's program: \`${exportStatement(outputName, from)}\`, then run ` +
      `\`pulumi up --stack ${shellQuoted(stack, "<stack>")}\` there and this command again.`,
  });
}

/** Whether one object after the other has the next name. */
function hasInside(value: unknown, [name, ...names]: readonly string[]): boolean {
  if (name === undefined) return true;
  return isRecord(value) && Object.hasOwn(value, name) && hasInside(value[name], names);
}

function readTargets(value: unknown, secret: boolean): Read<Readonly<Record<string, UploadTarget>>> {
  if (!isRecord(value)) return notAnObject(value);
  const targets: [string, UploadTarget][] = [];
  for (const [site, target] of Object.entries(value)) {
    const result = readTarget(target);
    if ("fault" in result) return { fault: `for ${secret ? "a site" : quoted(site)}, ${result.fault}` };
    targets.push([site, result.value]);
  }
  return { value: Object.fromEntries(targets) };
}

function readTarget(exported: unknown): Read<UploadTarget> {
  if (!isRecord(exported)) return notAnObject(exported);
  const value = withoutPythonsNames(exported);
  const { bucketName, physicalBucketName, endpoint, endpointUrl: url } = value;
  // No value is quoted: an output can be a secret.
  if (typeof bucketName !== "string" || !isBucketName(bucketName)) {
    return faultIn("bucketName", bucketName, "the name of a bucket");
  }
  if (typeof physicalBucketName !== "string" || !isPhysicalBucketName(physicalBucketName)) {
    return faultIn("physicalBucketName", physicalBucketName, "the name of a physical bucket");
  }
  if (typeof endpoint !== "string" || !isHost(endpoint)) return faultIn("endpoint", endpoint, "a host");
  const expectedUrl = endpointUrl(endpointOf(endpoint));
  if (url !== expectedUrl) return faultIn("endpointUrl", url, "the URL of endpoint");
  return { value: { ...value, bucketName, physicalBucketName, endpoint, endpointUrl: expectedUrl } };
}

const pythonsNames: Readonly<Record<string, string>> = {
  bucket_name: "bucketName",
  physical_bucket_name: "physicalBucketName",
  endpoint_url: "endpointUrl",
};

/** A program in Python exports a target with the names of Python: seen with Pulumi's SDK 3.259, not with 3.272. */
function withoutPythonsNames(target: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(target).map(([name, value]) => [pythonsNames[name] ?? name, value]),
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function notAnObject(value: unknown): Read<never> {
  if (isMissing(value)) return { fault: "there is no such output" };
  return { fault: `expected an object, got ${Array.isArray(value) ? "a list" : typeof value}` };
}

function faultIn(field: string, value: unknown, expected: string): Read<never> {
  return { fault: value === undefined ? `${field} is missing` : `${field} is not ${expected}` };
}
