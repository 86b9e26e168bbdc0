import type { EmulatorAccount } from "../options";
import type { World } from "../world/world";
import type { CallParameters } from "./call-parameters";

/** A call that was let in, as an action sees it. */
export interface ActionCall {
  /** The name of the action. */
  readonly action: string;
  readonly parameters: CallParameters;
  /** Who called; `undefined` for an unsigned call. */
  readonly account: EmulatorAccount | undefined;
  /** The address that the call came from. */
  readonly peer: string;
  readonly world: World;
}

/** One action of an API. */
export interface Action {
  readonly name: string;
  /** Whether it is called without keys; a signature is not looked at. */
  readonly unsigned?: true;
  /** What is answered, besides the request id. What cannot be done is thrown as a `Refusal`. */
  run(call: ActionCall): Readonly<Record<string, unknown>>;
}
