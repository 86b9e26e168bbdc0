import type { Call, CheckFailure, Properties } from "./lifecycle";

/** What a program can ask without a resource. */
export interface LookUpFunction {
  check(args: Properties): readonly CheckFailure[];
  /** Is asked with arguments that check found no fault with. */
  ask(args: Properties, call: Call): Promise<object>;
}

/** One as `resources/registry.ts` lists it; loaded when it is first asked for. */
export interface RegisteredFunction {
  load(): LookUpFunction;
}
