import * as pulumi from "@pulumi/pulumi";
import { afterTransformations } from "./after-transformations";
import { knownArguments } from "./known-arguments";
import { listOption } from "./list-option";
import { showProgramFrames } from "./program-frames";
import type { ResourceClass } from "./registration";
import { Registration, subjectOf } from "./registration";
import { moduleName } from "./resource-type";

/**
 * Never called. All resources share it, so that Pulumi serializes it only once; {@link Registration} then puts a text
 * in its place.
 */
const placeholder: pulumi.dynamic.ResourceProvider = {
  create: () => Promise.reject(new Error("This provider is only a placeholder.")),
};

let placeholderText: pulumi.Output<string> | undefined;

/**
 * Pulumi's serialization of the placeholder, if it has begun. Nothing in a program waits for it; a test runner may take
 * modules away while it is loading them.
 */
export function serializedPlaceholder(): pulumi.Output<string> | undefined {
  return placeholderText;
}

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
   * @throws ProgramError for an argument or an option that the resource cannot have
   */
  protected constructor(
    type: ResourceClass<object>,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    const { resource, outputs } = type;
    const subject = subjectOf(resource, name);
    const given = knownArguments(subject, args, type.inputs);
    let registration: Registration | undefined;
    const complete = afterTransformations((final) => {
      registration = new Registration(type, final);
      return registration;
    });
    const properties: pulumi.Inputs = { ...given, ...outputs };
    const frames = showProgramFrames();
    try {
      super(
        placeholder,
        name,
        properties,
        { ...opts, transformations: [complete, ...listOption(subject, opts, "transformations")] },
        moduleName,
        resource.className,
      );
    } finally {
      frames.end();
      placeholderText = properties.__provider;
    }
    registration?.warn(this);
  }
}
