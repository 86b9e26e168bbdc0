import { EnsError, withDocsLink } from "../ens/errors";
import { Fields } from "../ens/fields";
import type {
  AnsweredOutputs,
  Call,
  CheckCall,
  Checked,
  DiffCall,
  Difference,
  Importing,
  Lifecycle,
  Properties,
  ReadState,
  Warnings,
} from "./lifecycle";
import type { NameRule } from "./name-for";

/** A lifecycle of any resource, as fronts call it: it takes properties of any shape and reads them itself. */
export interface AnyLifecycle {
  readonly outputs: readonly string[];
  readonly derivedOutputs: Readonly<Record<string, readonly string[] | undefined>>;
  readonly answered: AnsweredOutputs<Record<string, unknown>>;
  readonly made: AnyMadeOutputs;
  readonly warnings: Warnings | undefined;
  readonly nameRule: NameRule | undefined;
  /** The outputs that properties lack. */
  missingOutputs(properties: Properties): readonly string[];
  /** The inputs that would give a state. */
  inputsOf(state: Properties): object;
  check(inputs: Properties, call: CheckCall): Promise<Checked>;
  diff(olds: Properties, news: Properties, call: DiffCall): Difference;
  create(inputs: Properties, call: Call): Promise<{ readonly id: string; readonly state: object }>;
  /** @param olds - Left out where state says nothing of this resource's place. */
  update(id: string, olds: Properties | undefined, news: Properties, call: Call): Promise<object>;
  /** Gives `"same"` where state must not change. */
  read(id: string, state: Properties, call: Call): Promise<ReadState<object> | "same" | "gone">;
  readonly find: Find | undefined;
  readonly importing: Importing<Properties, object> | undefined;
  delete(properties: Properties, call: Call): Promise<void>;
}

/** Outputs that follow from state of any shape. */
interface AnyMadeOutputs {
  readonly of: Readonly<Record<string, readonly string[]>>;
  make(state: object): Properties;
}

interface Find {
  inputs(id: string, given: Properties): Properties;
  state(inputs: Properties, call: Call): Promise<object>;
  importedInputs(state: Properties): object;
}

/** Reads properties before they reach a lifecycle, so that it works only with its own types. */
export function anyLifecycle<Inputs extends object, State extends Inputs>(
  lifecycle: Lifecycle<Inputs, State>,
): AnyLifecycle {
  const { find, importing, made } = lifecycle;
  const inputsOf = (properties: Properties) => read(properties, "inputs", lifecycle.readInputs);
  const stateOf = (properties: Properties) => read(properties, "state", lifecycle.readState);
  const outputs = lifecycle.outputs.map(String);
  const missingOutputs = (properties: Properties) =>
    outputs.filter((name) => (properties[name] ?? undefined) === undefined);
  return {
    outputs,
    derivedOutputs: lifecycle.derivedOutputs as AnyLifecycle["derivedOutputs"],
    answered: lifecycle.answered as AnyLifecycle["answered"],
    made: { of: made?.of ?? {}, make: (state) => made?.make(stateOf({ ...state })) ?? {} },
    warnings: lifecycle.warnings,
    nameRule: lifecycle.nameRule,
    missingOutputs,
    inputsOf,
    check: async (inputs, call) => lifecycle.check(inputs, call),
    diff: lifecycle.diff,
    create: async (inputs, call) => lifecycle.create(inputsOf(inputs), call),
    update: async (id, olds, news, call) => lifecycle.update(id, olds && stateOf(olds), inputsOf(news), call),
    read: async (id, properties, call) => {
      const missing = missingOutputs(properties);
      if (missing.length > 0) {
        const inputs = inputsOf(properties);
        const state = await (lifecycle.restore?.(inputs, call) ??
          lifecycle.update(id, undefined, inputs, call));
        return { state, moved: missing };
      }
      const state = stateOf(properties);
      const found = await lifecycle.read(id, state, call);
      return found !== "gone" && found.state === state ? "same" : found;
    },
    find: find && {
      inputs: find.inputs,
      state: async (inputs, call) => find.state(inputsOf(inputs), call),
      importedInputs: (state) => find.importedInputs?.(stateOf(state)) ?? inputsOf(state),
    },
    importing: importing && {
      example: importing.example,
      inputs: importing.inputs,
      id: (inputs) => importing.id(inputsOf(inputs)),
      state: async (inputs, call) => importing.state(inputsOf(inputs), call),
    },
    delete: async (properties, call) => lifecycle.delete?.(inputsOf(properties), call),
  };
}

/** @throws EnsError when the properties are not what the resource writes: then something else has changed them */
function read<T>(properties: Properties, what: "inputs" | "state", reader: (fields: Fields) => T): T {
  const fields = new Fields(properties);
  const value = reader(fields);
  if (fields.faults.length === 0) return value;
  const remedy =
    "Put the stack's state back as it was (`pulumi stack history` shows when it changed), " +
    "or take the resource out of it (`pulumi state delete '<urn>'`) and run `pulumi up`.";
  const said = { what: `The ${what} of this resource cannot be read: ${fields.told}.`, remedy };
  throw new EnsError(withDocsLink(said, "state"));
}
