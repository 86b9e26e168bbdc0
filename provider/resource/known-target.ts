import { Output } from "@pulumi/pulumi";
import { ProgramError } from "../ens/errors";
import type { UploadTarget } from "../lifecycle/upload-target";

/**
 * An upload target that a function of the package takes.
 *
 * @param taker - The function: `ossClientOptions`.
 * @param use - What gives it the value of an output: `ens.ossClientOptions`.
 * @throws ProgramError for what a program in JavaScript, or with a cast, can give instead
 */
export function knownTarget(target: UploadTarget, taker: string, use: string): UploadTarget {
  const { physicalBucketName, endpoint, endpointUrl } = Object(target) as UploadTarget;
  if ([physicalBucketName, endpoint, endpointUrl].every((part) => typeof part === "string")) return target;
  const isOutput = Output.isInstance(target) || (target as unknown) instanceof Promise;
  throw new ProgramError({
    what: `${taker} takes an upload target, got ${isOutput ? "an output" : "something else"}.`,
    remedy: isOutput
      ? `Give it the value of the output: \`media.target.apply(${use})\`.`
      : "Give it what an upload has as `target`, or what `ens.requireUploadTarget` gives.",
  });
}
