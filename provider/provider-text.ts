import { createRequire } from "node:module";
import { join } from "node:path";
import type { CustomResourceOptions, dynamic, ResourceTransformation } from "@pulumi/pulumi";
import { InstallationError } from "./ens/errors";

/** The module of the resources' types. */
export const moduleName = "alicloud-ens";

/** A resource's type as state holds it. */
export function resourceType(className: string): string {
  return `pulumi-nodejs:dynamic/${moduleName}:${className}`;
}

/** All resources share it, so that Pulumi serializes it once; what is stored is {@link namingProvider}'s text. */
export const inert = {} as dynamic.ResourceProvider;

/** Where Pulumi's provider process looks the code up from: the folder the program is started in. */
const programFolder = process.cwd();

/**
 * Options that make a dynamic resource's stored provider one constant text that names `module`, where Pulumi would
 * store the code itself, twice: state stays small, and an upgrade of the package reaches old stacks at once.
 *
 * @throws InstallationError when that name means nothing to the program's folder
 */
export function namingProvider(
  module: string,
  type: string,
  options: CustomResourceOptions | undefined,
): CustomResourceOptions {
  const specifier = `pulumi-alicloud-ens/${module}`;
  requireResolvable(specifier);
  const text = `exports.handler=()=>require('${specifier}')`;
  // The options' transformations are applied to this resource alone, unless it becomes a parent.
  const transformation: ResourceTransformation = (args) =>
    args.type === type ? { props: { ...args.props, __provider: text }, opts: args.opts } : undefined;
  return { ...options, transformations: [transformation, ...(options?.transformations ?? [])] };
}

const resolvable = new Set<string>();

/** @throws InstallationError when the program's folder does not have what `specifier` names */
export function requireResolvable(specifier: string): void {
  if (resolvable.has(specifier)) return;
  try {
    createRequire(join(programFolder, "program.js")).resolve(specifier);
  } catch (cause) {
    throw new InstallationError(
      `Pulumi runs this package from the program's folder, and ${specifier} cannot be found from ${programFolder}. ` +
        `Install it there: \`cd ${programFolder} && npm install pulumi-alicloud-ens\`.`,
      { cause },
    );
  }
  resolvable.add(specifier);
}
