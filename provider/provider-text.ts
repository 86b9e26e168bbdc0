import type { CustomResourceOptions, dynamic, ResourceTransformation } from "@pulumi/pulumi";
import { requireRunnable } from "./require-runnable";

/** The module of the resources' types. */
export const moduleName = "alicloud-ens";

/** A resource's type as state holds it. */
export function resourceType(className: string): string {
  return `pulumi-nodejs:dynamic/${moduleName}:${className}`;
}

/** All resources share it, so that Pulumi serializes it once; what is stored is {@link namingProvider}'s text. */
export const inert = {} as dynamic.ResourceProvider;

/**
 * Options that make a dynamic resource's stored provider one constant text that names `module`, where Pulumi would
 * store the code itself, twice: state stays small, and an upgrade of the package reaches old stacks at once.
 *
 * @throws InstallationError when Pulumi cannot run that code for this program
 * @throws ProgramError when the resource is to be imported
 */
export function namingProvider(
  module: string,
  type: string,
  options: CustomResourceOptions | undefined,
): CustomResourceOptions {
  const specifier = `pulumi-alicloud-ens/${module}`;
  requireRunnable(specifier, options);
  const text = `exports.handler=()=>require('${specifier}')`;
  // The options' transformations are applied to this resource alone, unless it becomes a parent.
  const transformation: ResourceTransformation = (args) =>
    args.type === type ? { props: { ...args.props, __provider: text }, opts: args.opts } : undefined;
  return { ...options, transformations: [transformation, ...(options?.transformations ?? [])] };
}
