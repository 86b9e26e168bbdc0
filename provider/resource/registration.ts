import * as pulumi from "@pulumi/pulumi";
import { printable } from "../ens/text/printable";
import { claimantName } from "../lifecycle/claim";
import type { Warnings } from "../lifecycle/lifecycle";
import { noTimeouts } from "../lifecycle/no-timeouts";
import type { RegisteredResource } from "../lifecycle/registered-resource";
import type { ResourceInProgram } from "./auto-name";
import { carriable } from "./carriable";
import type { ArgumentNames } from "./known-arguments";
import { requireKnown } from "./known-arguments";
import { listOption } from "./list-option";
import { requireOwnProvider, warningOfParent } from "./own-provider";
import { parentTypes } from "./parent-types";
import { requireRunnable } from "./require-runnable";
import { resourceType } from "./resource-type";
import { holdsSecret, secretInputs } from "./secret-inputs";
import { warnOf } from "./warn-of";
import { warnOfSettings } from "./warn-of-settings";

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
  /** A name for what the resource makes, where the program gives none. Left out where it makes nothing. */
  readonly autoName?: (resource: ResourceInProgram) => string;
  /** Whether no two resources of a program may have the same bucket, or put the same objects. */
  readonly claims?: true;
  /** What to do in place of the option `import`. Left out where there is nothing to import. */
  readonly insteadOfImport?: string;
  readonly warnings?: Warnings;
}

/** A resource in messages: `PreparedUpload "media"`. */
export function subjectOf({ className }: Pick<RegisteredResource, "className">, name: string): string {
  return `${className} "${printable(name, 100)}"`;
}

/**
 * What a resource is registered with, made of its inputs and options as all transformations left them.
 *
 * @throws InstallationError when Pulumi cannot run the provider for this program
 * @throws ProgramError for an argument or an option that the resource cannot have
 */
export class Registration implements pulumi.ResourceTransformationResult {
  readonly props: pulumi.Inputs;
  readonly opts: pulumi.CustomResourceOptions;
  readonly #type: ResourceClass<object>;
  readonly #inputs: pulumi.Inputs;

  constructor(type: ResourceClass<object>, { name, props, opts }: pulumi.ResourceTransformationArgs) {
    this.#type = type;
    const subject = subjectOf(type.resource, name);
    this.#inputs = inputsOf(type, props, subject);
    this.opts = optionsOf(type, opts, subject, () => type.lookUpId?.(this.#inputs, name));
    const autoName = type.autoName?.({ name, parent: opts.parent });
    this.props = {
      ...stored(type, this.#inputs, {
        replaceOnChanges: listOption(subject, opts, "replaceOnChanges"),
        ignoreChanges: listOption(subject, opts, "ignoreChanges"),
        secretOutputs: listOption(subject, this.opts, "additionalSecretOutputs"),
      }),
      ...(autoName !== undefined ? { autoName } : {}),
      ...(type.claims ? { claimant: claimantName(subject, parentTypes(opts.parent)) } : {}),
    };
  }

  /** Warns of what is probably wrong. The program warns, since a dynamic provider's check can only refuse. */
  warn(resource: pulumi.Resource): void {
    warnOfSettings();
    this.#warnOfInputs(resource);
    for (const warning of [
      warningOfParent(resourceType(this.#type.resource), this.opts),
      this.opts.customTimeouts && noTimeouts,
    ]) {
      if (warning !== undefined) warnOf(resource, warning);
    }
  }

  #warnOfInputs(resource: pulumi.Resource): void {
    const { of = [], say } = this.#type.warnings ?? {};
    const given = of.filter((name) => this.#inputs[name] !== undefined);
    if (say === undefined || given.length === 0) return;
    const secret = given.map((name) => holdsSecret(this.#inputs[name]));
    pulumi
      .all([pulumi.all(given.map((name) => this.#inputs[name])), pulumi.all(secret)])
      .apply(([values, areSecret]) => {
        const inputs = Object.fromEntries(given.map((name, index) => [name, values[index]]));
        const hidden = new Set(given.filter((_, index) => areSecret[index]));
        for (const warning of say(inputs, hidden)) warnOf(resource, warning);
      });
  }
}

function inputsOf(
  { inputs, outputs }: ResourceClass<object>,
  props: pulumi.Inputs,
  subject: string,
): pulumi.Inputs {
  const names = Object.keys(inputs);
  const ofOthers = ["__provider", ...Object.keys(outputs)];
  const given = Object.entries(props).filter(([property]) => !ofOthers.includes(property));
  requireKnown(subject, Object.fromEntries(given), names);
  return Object.fromEntries(names.map((input) => [input, carriable(props[input], input, subject)]));
}

function optionsOf(
  { resource, madeOf, insteadOfImport }: ResourceClass<object>,
  options: pulumi.CustomResourceOptions,
  subject: string,
  lookUpId: () => pulumi.Input<string> | undefined,
): pulumi.CustomResourceOptions {
  requireRunnable(`pulumi-alicloud-ens/${resource.subpath}`, options, insteadOfImport);
  requireOwnProvider(subject, options);
  const secret = listOption(subject, options, "additionalSecretOutputs").flatMap((output) => [
    output,
    ...(madeOf[output] ?? []),
  ]);
  const id = options.id === undefined ? undefined : lookUpId();
  return {
    ...options,
    ...(secret.length > 0 ? { additionalSecretOutputs: secret } : {}),
    ...(id !== undefined ? { id } : {}),
  };
}

/** The options that the provider must know, since Pulumi does not tell it. */
interface OptionsInState {
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly secretOutputs: readonly string[];
}

/**
 * What state gets. Its provider is one constant text, which names the provider's module; Pulumi would store the code
 * itself, twice. So state stays small, and an upgrade of the package reaches old stacks at once.
 */
function stored(
  { resource, outputs }: ResourceClass<object>,
  inputs: pulumi.Inputs,
  { replaceOnChanges, ignoreChanges, secretOutputs }: OptionsInState,
): pulumi.Inputs {
  const hidden = secretOutputs.filter((name) => Object.hasOwn(outputs, name));
  return {
    ...inputs,
    secretInputs: secretInputs(inputs),
    // Pulumi gives the provider these in clear too.
    ...(hidden.length > 0 ? { secretOutputs: hidden } : {}),
    // The provider compares, since it cannot tell Pulumi which inputs have changed.
    ...(replaceOnChanges.length > 0 ? { replaceOnChanges: [...replaceOnChanges] } : {}),
    // Of these Pulumi tells what the last update had, and not what a refresh found.
    ...(ignoreChanges.length > 0 ? { ignoreChanges: [...ignoreChanges] } : {}),
    ...outputs,
    __provider: `exports.handler=()=>require('pulumi-alicloud-ens/${resource.subpath}')`,
  };
}
