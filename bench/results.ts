import type { Machine } from "./report/machine";
import type { Sample } from "./samples";
import type { StartUp } from "./start-up";

/** All that a run of the benchmark measured, and where. */
export interface Results {
  readonly samples: readonly Sample[];
  /** Those with files. */
  readonly files: readonly Sample[];
  readonly startUp: StartUp;
  readonly machine: Machine;
}
