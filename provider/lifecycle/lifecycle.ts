import type { Caller } from "../ens/client";
import type { Fields } from "../ens/fields";
import type { Timing } from "../ens/retry/timing";
import type { ObjectStorage } from "../eos/object-storage";
import type { Deployment } from "./deployment";
import type { NameRule } from "./name-for";
import type { Settings } from "./settings/settings";

/** Properties of a resource. They can have any shape until they have been read. */
export type Properties = Readonly<Record<string, unknown>>;

/** One reason why inputs cannot be used. */
export interface CheckFailure {
  /** `bucketName`, `clientIps.berlin` */
  readonly property: string;
  readonly reason: string;
  /** The reason without the value that came, for an input that is a secret. */
  readonly concealed: string;
}

/** The result of checking inputs. */
export interface Checked {
  /** The inputs to keep. */
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/** What an edit of the program means. */
export interface Difference {
  /** The inputs that differ. */
  readonly changed: readonly string[];
  /** Those of them that need another resource in place of this one. */
  readonly replaces: readonly string[];
  /** Whether this one must go before the other can be made. Default: false. */
  readonly deleteBeforeReplace?: boolean;
}

/** What a lifecycle gets from its front, so that it takes nothing from the process. */
export interface Call {
  /** @throws SettingsError */
  readonly settings: Settings;
  readonly ens: Caller;
  /** The object storage behind ENS. */
  readonly objects: ObjectStorage;
  /** The inputs that are secrets. They come in clear, and must not get into an id or a line. */
  readonly secrets: ReadonlySet<string>;
  /** A value of the inputs as a line may show it: `[secret]`, where it is one. */
  shown(value: string): string;
  /** Says a line to the user. */
  tell(line: string): void;
  /**
   * Does something that may take long, which is then told. Calls of services are told without this.
   *
   * @param what - What is waited for, as a line says it: `folder "dist": reading its files`.
   */
  waitingFor<T>(what: () => string, work: () => Promise<T>): Promise<T>;
  /** Aborts when the deployment is cancelled. */
  readonly signal: AbortSignal;
  /** Mocks do not wait. */
  readonly timing: Timing;
  readonly deployment: Deployment;
  /** The inputs that the program leaves to others, for an update; `*` stands for all. */
  readonly ignored: ReadonlySet<string>;
  /**
   * Reads what a URL names into a file.
   *
   * @throws ConnectionError, CancelledError
   */
  download(url: string, path: string): Promise<void>;
}

/** What a check gets from its front. */
export interface CheckCall
  extends Pick<Call, "secrets" | "shown" | "tell" | "waitingFor" | "signal" | "deployment"> {
  /** The inputs that the resource had before; none for a new one. */
  readonly olds: Properties;
  /** A name for what the resource makes, where the program gives none. A resource that makes nothing has none. */
  readonly autoName?: string;
  /** The resource as the program calls it, for a resource that must not do what another does. */
  readonly claimant?: string;
}

/** What a comparison gets from its front. */
export interface DiffCall extends Pick<Call, "secrets" | "shown" | "tell" | "ignored"> {
  /** The inputs that were secrets before. */
  readonly secretsBefore: ReadonlySet<string>;
}

/** A state that was read again, and which of its properties have changed. */
export interface ReadState<State> {
  readonly state: State;
  readonly moved: readonly string[];
}

/** The names of what state always has, and inputs need not have. */
type LastingOutputs<Inputs, State> = {
  readonly [Output in keyof State]-?: undefined extends State[Output]
    ? never
    : Output extends keyof Inputs
      ? undefined extends Inputs[Output]
        ? Output
        : never
      : Output;
}[keyof State];

/** Outputs that follow from state. */
export interface MadeOutputs<State> {
  /** Each with the properties of state that it shows: if one is a secret, so is the output. */
  readonly of: Readonly<Record<string, readonly (keyof State & string)[]>>;
  make(state: State): Properties;
}

/** What is said of inputs that are probably wrong. */
export interface Warnings {
  /** The inputs that it looks at. */
  readonly of: readonly string[];
  /** @param hidden - The inputs whose values must not be shown. */
  say(inputs: Properties, hidden: ReadonlySet<string>): readonly string[];
}

/** What only an answer tells, and inputs do not have: a preview does not know it. */
export interface AnsweredOutputs<State> {
  readonly byCreate: readonly (keyof State & string)[];
  readonly byUpdate: readonly (keyof State & string)[];
}

type DerivedOutputs<Inputs, State> = {
  readonly [Output in keyof State]?: readonly (keyof Inputs)[];
};

/** How a resource is made, changed and read. It knows neither Pulumi nor the front that serves it. */
export interface Lifecycle<Inputs extends object, State extends Inputs> {
  /**
   * The outputs that every version has written. Where state lacks one, ENS is asked again. Properties that are read and
   * have none are the inputs of a look-up.
   */
  readonly outputs: readonly LastingOutputs<Inputs, State>[];
  /** Outputs that reveal something of inputs, with the names of these inputs: if one is a secret, so is the output. */
  readonly derivedOutputs: DerivedOutputs<Inputs, State>;
  /** What a preview does not know. */
  readonly answered: AnsweredOutputs<State>;
  /** What follows from state, for programs that cannot make it themselves. */
  readonly made?: MadeOutputs<State>;
  readonly warnings?: Warnings;
  /** What a name may be, where the program gives none. Left out where nothing has a name of its own. */
  readonly nameRule?: NameRule;
  /** Reads what a program gave. The fields note what is wrong with it. */
  readInputs(fields: Fields): Inputs;
  /** Reads what state holds. */
  readState(fields: Fields): State;
  /** Makes no call; it may read local files. Values that are not known yet pass. */
  check(inputs: Properties, call: CheckCall): Checked | Promise<Checked>;
  /** Compares only what the program decides. Values that are not known yet differ from every other. */
  diff(olds: Properties, news: Properties, call: DiffCall): Difference;
  /** @throws PartialFailure that holds the state reached */
  create(inputs: Inputs, call: Call): Promise<{ readonly id: string; readonly state: State }>;
  /**
   * @param olds - Left out where state says nothing of this resource's place.
   * @throws PartialFailure that holds the state reached
   */
  update(id: string, olds: State | undefined, news: Inputs, call: Call): Promise<State>;
  /** Gives the very same state object when nothing moved, and `"gone"` only when the API says so. */
  read(id: string, state: State, call: Call): Promise<ReadState<State> | "gone">;
  /**
   * The state of a resource whose state lacks outputs, without a change to what is there. Left out where `update` changes
   * nothing.
   */
  restore?(inputs: Inputs, call: Call): Promise<State>;
  /** Deletes what the resource made; that it is gone already is success. Left out where it made nothing. */
  delete?(inputs: Inputs, call: Call): Promise<void>;
  /** How a resource is found by its id, for `get`. Left out where an id does not hold enough. */
  readonly find?: {
    /** The inputs to check and to ask with. */
    inputs(id: string, given: Properties): Properties;
    state(inputs: Inputs, call: Call): Promise<State>;
    /** The inputs that an import writes down. Default: those in the state. */
    importedInputs?(state: State): Inputs;
  };
  /** How what is there already gets into a stack, where its id alone does not hold enough. */
  readonly importing?: Importing<Inputs, State>;
}

/** An import of what no service knows in full: its id says the rest. */
export interface Importing<Inputs, State> {
  /** An id, for messages: `media-assets/site/?path=dist`. */
  readonly example: string;
  /** The inputs to check. */
  inputs(id: string, given: Properties): Properties;
  /** The id that the resource has from then on. */
  id(inputs: Inputs): string;
  state(inputs: Inputs, call: Call): Promise<State>;
}
