import * as pulumi from "@pulumi/pulumi";
import type { RegisteredResource } from "../lifecycle/registered-resource";
import { showProgramFrames } from "./program-frames";
import { requireRunnable } from "./require-runnable";
import { secretInputs } from "./secret-inputs";

const moduleName = "alicloud-ens";

/** A resource's type as state holds it. */
export function resourceType({ className }: Pick<RegisteredResource, "className">): string {
  return `pulumi-nodejs:dynamic/${moduleName}:${className}`;
}

/** All resources share it, so that Pulumi serializes it once; what is stored is {@link namingProvider}'s text. */
const inert: pulumi.dynamic.ResourceProvider = {
  create: () => Promise.reject(new Error("The provider of this package's resources is another.")),
};

/** What state has besides the inputs, named to Pulumi so that it makes outputs of it. */
export type OutputNames<State, Inputs> = {
  readonly [Name in Exclude<keyof State, keyof Inputs> as undefined extends State[Name]
    ? never
    : Name]: undefined;
};

/**
 * What a class has to declare for what its lifecycle keeps in state, but for what is not for programs. A class that is
 * held against it (`PreparedUpload satisfies DeclaresOutputs<PreparedUploadState>`) does not compile without.
 */
export interface DeclaresOutputs<State, Internal extends keyof State = never> {
  readonly prototype: {
    readonly [Name in Exclude<keyof State, Internal>]-?: pulumi.Output<State[Name]>;
  };
}

/** What this package's resources have in common: what they add to a dynamic resource, and what they keep small. */
export abstract class EnsResource extends pulumi.dynamic.Resource {
  /**
   * @throws InstallationError when Pulumi cannot run the provider for this program
   * @throws ProgramError when the resource is to be imported
   */
  protected constructor(
    resource: RegisteredResource,
    name: string,
    inputs: pulumi.Inputs,
    outputs: Readonly<Record<string, undefined>>,
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    const properties = { ...inputs, secretInputs: secretInputs(inputs), ...outputs };
    const options = namingProvider(resource, opts);
    const frames = showProgramFrames();
    try {
      super(inert, name, properties, options, moduleName, resource.className);
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
  resource: RegisteredResource,
  options: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions {
  const specifier = `pulumi-alicloud-ens/${resource.subpath}`;
  requireRunnable(specifier, options);
  const type = resourceType(resource);
  const text = `exports.handler=()=>require('${specifier}')`;
  // The options' transformations are applied to this resource alone, unless it becomes a parent.
  const transformation: pulumi.ResourceTransformation = (args) =>
    args.type === type ? { props: { ...args.props, __provider: text }, opts: args.opts } : undefined;
  return { ...options, transformations: [transformation, ...(options?.transformations ?? [])] };
}
