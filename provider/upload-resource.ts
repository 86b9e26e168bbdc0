import * as pulumi from "@pulumi/pulumi";
import { showProgramFrames } from "./program-frames";
import { requireRunnable } from "./require-runnable";
import { secretInputs } from "./secret-inputs";

const moduleName = "alicloud-ens";

/** A resource's type as state holds it. */
export function resourceType(className: string): string {
  return `pulumi-nodejs:dynamic/${moduleName}:${className}`;
}

/** All resources share it, so that Pulumi serializes it once; what is stored is {@link namingProvider}'s text. */
const inert = {} as pulumi.dynamic.ResourceProvider;

/** What a class of resources is called. */
export interface ResourceNames {
  readonly className: string;
  /** The subpath of the package with its provider. */
  readonly module: string;
}

/** What this package's resources have in common: what they add to a dynamic resource, and what they keep small. */
export abstract class UploadResource extends pulumi.dynamic.Resource {
  /**
   * @throws InstallationError when Pulumi cannot run the provider for this program
   * @throws ProgramError when the resource is to be imported
   */
  protected constructor(
    names: ResourceNames,
    name: string,
    inputs: pulumi.Inputs,
    outputs: readonly string[],
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    const properties = {
      ...inputs,
      secretInputs: secretInputs(inputs),
      ...Object.fromEntries(outputs.map((output) => [output, undefined])),
    };
    const options = namingProvider(names, opts);
    const frames = showProgramFrames();
    try {
      super(inert, name, properties, options, moduleName, names.className);
    } finally {
      frames.end();
    }
  }
}

/**
 * Options that make a dynamic resource's stored provider one constant text that names its module, where Pulumi would
 * store the code itself, twice: state stays small, and an upgrade of the package reaches old stacks at once.
 */
function namingProvider(
  { className, module }: ResourceNames,
  options: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions {
  const specifier = `pulumi-alicloud-ens/${module}`;
  requireRunnable(specifier, options);
  const type = resourceType(className);
  const text = `exports.handler=()=>require('${specifier}')`;
  // The options' transformations are applied to this resource alone, unless it becomes a parent.
  const transformation: pulumi.ResourceTransformation = (args) =>
    args.type === type ? { props: { ...args.props, __provider: text }, opts: args.opts } : undefined;
  return { ...options, transformations: [transformation, ...(options?.transformations ?? [])] };
}
