import type { AccountStatus } from "../options";
import type { Refusal } from "../refusal";
import type { Action } from "./action";

/** An API: its actions, and what is particular to it before them. */
export interface Service {
  readonly name: "ens" | "sts";
  readonly version: string;
  readonly actions: readonly Action[];
  /** Whether `quotaPerSecond` counts its calls. */
  readonly hasQuota: boolean;
  /** What an account of this status is told; `undefined` lets it in. */
  refusalOf(status: AccountStatus): Refusal | undefined;
}
