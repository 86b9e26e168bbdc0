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

/**
 * Never called. All resources share it, so that Pulumi serializes it only once; {@link namingProvider} then stores a
 * text in its place.
 */
const placeholder: pulumi.dynamic.ResourceProvider = {
  create: () => Promise.reject(new Error("This provider is only a placeholder.")),
};

/** The names of what state has besides the inputs. Pulumi makes an output for each. */
export type OutputNames<State, Inputs, Internal extends keyof State = never> = {
  readonly [Name in Exclude<keyof State, keyof Inputs | Internal>]-?: undefined;
};

/**
 * The outputs that a resource's class must declare: all that its lifecycle keeps in state, except what is internal. The
 * line `PreparedUpload satisfies DeclaresOutputs<PreparedUploadState>` makes the compiler check it.
 */
export interface DeclaresOutputs<State, Internal extends keyof State = never> {
  readonly prototype: {
    readonly [Name in Exclude<keyof State, Internal>]-?: pulumi.Output<State[Name]>;
  };
}

/** What this package's resources have in common: what they add to a dynamic resource, and how state stays small. */
export abstract class EnsResource extends pulumi.dynamic.Resource {
  /**
   * @throws InstallationError when Pulumi cannot run the provider for this program
   * @throws ProgramError when an option says to import the resource
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
      super(placeholder, name, properties, options, moduleName, resource.className);
    } finally {
      frames.end();
    }
  }
}

/**
 * Options that make state hold one constant text as the provider, which names the provider's module. Pulumi would store
 * the code itself, twice. So state stays small, and an upgrade of the package reaches old stacks at once.
 */
function namingProvider(
  resource: RegisteredResource,
  options: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions {
  const specifier = `pulumi-alicloud-ens/${resource.subpath}`;
  requireRunnable(specifier, options);
  const type = resourceType(resource);
  const text = `exports.handler=()=>require('${specifier}')`;
  // Pulumi applies these to the resource, and to its children if it becomes a parent.
  const transformation: pulumi.ResourceTransformation = (args) =>
    args.type === type ? { props: { ...args.props, __provider: text }, opts: args.opts } : undefined;
  return { ...options, transformations: [transformation, ...(options?.transformations ?? [])] };
}
