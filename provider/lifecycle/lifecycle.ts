import type { Caller } from "../ens/client";
import type { Fields } from "../ens/fields";
import type { Settings } from "./settings/settings";

/** Properties of a resource as they travel: of any shape until they have been read. */
export type Properties = Readonly<Record<string, unknown>>;

/** One reason why inputs cannot be used. */
export interface CheckFailure {
  /** `bucketName`, `clientIps.berlin` */
  readonly property: string;
  readonly reason: string;
}

/** What came of checking inputs. */
export interface Checked {
  /** As they are to be kept. */
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/** What an edit of the program means. */
export interface Difference {
  /** The inputs that differ. */
  readonly changed: readonly string[];
  /** Those among them for which the resource must be replaced. */
  readonly replaces: readonly string[];
}

/** What a lifecycle gets of its front: nothing of this is the process's. */
export interface Call {
  /** @throws SettingsError */
  readonly settings: Settings;
  readonly ens: Caller;
  /** The inputs that are secrets. They come in clear, and are to be in no id and no line. */
  readonly secrets: ReadonlySet<string>;
  /** Says a line to the user. */
  tell(line: string): void;
  /** Aborts when the deployment is called off. */
  readonly signal: AbortSignal;
}

/** What a comparison gets of its front. */
export interface DiffCall extends Pick<Call, "secrets" | "tell"> {
  /** The inputs that were secrets before. */
  readonly secretsBefore: ReadonlySet<string>;
}

/** A state that was read again, and which of its properties are not as they were. */
export interface ReadState<State> {
  readonly state: State;
  readonly moved: readonly string[];
}

type DerivedOutputs<Inputs, State> = {
  readonly [Output in Exclude<keyof State, keyof Inputs>]?: readonly (keyof Inputs)[];
};

/** How a resource comes, changes and goes. It knows neither Pulumi nor what it is served by. */
export interface Lifecycle<Inputs extends object, State extends Inputs> {
  /** Outputs that tell something of inputs, by the names of these: they are secrets where one of those is. */
  readonly derivedOutputs: DerivedOutputs<Inputs, State>;
  /** Reads what a program gave. What is wrong with it stays in the fields. */
  readInputs(fields: Fields): Inputs;
  /** Reads what state holds. */
  readState(fields: Fields): State;
  /** Whether properties have outputs; else they are what a look-up asks with. */
  hasOutputs(properties: Properties): boolean;
  /** Calls nobody. Values that are not known yet pass. */
  check(inputs: Properties, call: Pick<Call, "secrets">): Checked;
  /** Compares what the program decides and nothing else. Values that are not known yet differ from any. */
  diff(olds: Properties, news: Properties, call: DiffCall): Difference;
  /** @throws PartialFailure that holds the state reached */
  create(inputs: Inputs, call: Call): Promise<{ readonly id: string; readonly state: State }>;
  /** @throws PartialFailure that holds the state reached */
  update(id: string, olds: State, news: Inputs, call: Call): Promise<State>;
  /** Unmoved, it gives the very same state; gone only when the API says so. */
  read(id: string, state: State, call: Call): Promise<ReadState<State> | "gone">;
  /** How a resource is found by its id, for `get`; left out where an id says too little. */
  readonly find?: {
    /** The inputs to check and to ask with. */
    inputs(id: string, given: Properties): Properties;
    state(inputs: Inputs, call: Call): Promise<State>;
  };
}
