import * as pulumi from "@pulumi/pulumi";
import { printable } from "../ens/printable";
import type { RegisteredResource } from "../lifecycle/registered-resource";
import { afterTransformations } from "./after-transformations";
import { carriable } from "./carriable";
import { type ArgumentNames, knownArguments, requireKnown } from "./known-arguments";
import { requireOwnProvider, warningOfParent } from "./own-provider";
import { showProgramFrames } from "./program-frames";
import { requireRunnable } from "./require-runnable";
import { secretInputs } from "./secret-inputs";
import { warnOfUnknownSettings } from "./warn-of-unknown-settings";

const moduleName = "alicloud-ens";

/** A resource's type as state holds it. */
export function resourceType({ className }: Pick<RegisteredResource, "className">): string {
  return `pulumi-nodejs:dynamic/${moduleName}:${className}`;
}

/**
 * Never called. All resources share it, so that Pulumi serializes it only once; {@link registered} then puts a text
 * in its place.
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

/** What the class of a resource says about itself. */
export interface ResourceClass<Args> {
  readonly resource: RegisteredResource;
  readonly inputs: ArgumentNames<Args>;
  /** What state has besides the inputs. */
  readonly outputs: Readonly<Record<string, undefined>>;
  /**
   * Outputs that the class makes by itself, each with the properties of state that it shows. Where
   * `additionalSecretOutputs` names the output, state keeps these secret.
   */
  readonly madeOf: Readonly<Record<string, readonly string[]>>;
  /** The id under which `get` looks a resource up. Left out where an id does not hold enough. */
  lookUpId?(inputs: Args, name: string): pulumi.Input<string> | undefined;
  /** Warns of inputs that are probably wrong. The program warns, since a dynamic provider's check can only refuse. */
  warn(resource: pulumi.Resource, inputs: Args): void;
}

/** What this package's resources have in common: what they add to a dynamic resource, and how state stays small. */
export abstract class EnsResource extends pulumi.dynamic.Resource {
  /**
   * @throws InstallationError when Pulumi cannot run the provider for this program
   * @throws ProgramError for an argument or an option that the resource cannot have
   */
  protected constructor(
    type: ResourceClass<object>,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    const { resource, outputs } = type;
    const given = knownArguments(subjectOf(resource, name), args, type.inputs);
    const warnings: ((made: pulumi.Resource) => void)[] = [];
    const complete = afterTransformations((transformed) => {
      const inputs = finalInputs(type, transformed);
      const options = finalOptions(type, inputs, transformed);
      warnings.push((made) => warnOf(type, made, inputs, options));
      return { props: registered(type, inputs), opts: options };
    });
    const frames = showProgramFrames();
    try {
      super(
        placeholder,
        name,
        { ...given, ...outputs },
        { ...opts, transformations: [complete, ...(opts?.transformations ?? [])] },
        moduleName,
        resource.className,
      );
    } finally {
      frames.end();
    }
    for (const warn of warnings) warn(this);
  }
}

function subjectOf({ className }: Pick<RegisteredResource, "className">, name: string): string {
  return `${className} "${printable(name, 100)}"`;
}

/** @throws ProgramError */
function finalInputs(
  { resource, inputs, outputs }: ResourceClass<object>,
  { name, props }: pulumi.ResourceTransformationArgs,
): pulumi.Inputs {
  const subject = subjectOf(resource, name);
  const names = Object.keys(inputs);
  const ofOthers = ["__provider", ...Object.keys(outputs)];
  const given = Object.entries(props).filter(([property]) => !ofOthers.includes(property));
  requireKnown(subject, Object.fromEntries(given), names);
  return Object.fromEntries(names.map((input) => [input, carriable(props[input], input, subject)]));
}

/** @throws InstallationError, ProgramError */
function finalOptions(
  { resource, madeOf, lookUpId }: ResourceClass<object>,
  inputs: pulumi.Inputs,
  { name, opts }: pulumi.ResourceTransformationArgs,
): pulumi.CustomResourceOptions {
  const options: pulumi.CustomResourceOptions = opts;
  requireRunnable(`pulumi-alicloud-ens/${resource.subpath}`, options);
  requireOwnProvider(subjectOf(resource, name), options);
  const secret = options.additionalSecretOutputs?.flatMap((output) => [output, ...(madeOf[output] ?? [])]);
  const id = options.id === undefined ? undefined : lookUpId?.(inputs, name);
  return {
    ...options,
    ...(secret !== undefined ? { additionalSecretOutputs: secret } : {}),
    ...(id !== undefined ? { id } : {}),
  };
}

/**
 * What state gets. Its provider is one constant text, which names the provider's module; Pulumi would store the code
 * itself, twice. So state stays small, and an upgrade of the package reaches old stacks at once.
 */
function registered({ resource, outputs }: ResourceClass<object>, inputs: pulumi.Inputs): pulumi.Inputs {
  return {
    ...inputs,
    secretInputs: secretInputs(inputs),
    ...outputs,
    __provider: `exports.handler=()=>require('pulumi-alicloud-ens/${resource.subpath}')`,
  };
}

function warnOf(
  type: ResourceClass<object>,
  made: pulumi.Resource,
  inputs: pulumi.Inputs,
  options: pulumi.CustomResourceOptions,
): void {
  warnOfUnknownSettings();
  type.warn(made, inputs);
  for (const warning of [
    warningOfParent(resourceType(type.resource), options),
    options.customTimeouts &&
      "customTimeouts have no effect on this resource, since Pulumi does not pass them on to dynamic providers. " +
        "The setting maxRetryTimeout bounds each of its calls.",
  ]) {
    if (warning !== undefined) void pulumi.log.warn(warning, made);
  }
}
