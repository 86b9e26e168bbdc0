import type { EmulatorFault } from "../options";

/** A request, as far as faults choose by it. */
export interface FaultTarget {
  readonly service: "ens" | "sts" | "oss";
  /** That of an API call. */
  readonly action?: string;
  readonly bucketName: string | undefined;
  /** Those of an object request. */
  readonly method?: string;
  readonly key?: string;
}

/** The faults to come. */
export class Faults {
  #waiting: { fault: EmulatorFault; ahead: number; left: number }[] = [];

  add(fault: EmulatorFault): void {
    this.#waiting.push({ fault, ahead: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that hits a request, the first that was set; it is one time less to come. */
  take(target: FaultTarget): EmulatorFault | undefined {
    const hit = this.#waiting.find(({ fault }) => hits(fault, target));
    if (hit === undefined) return undefined;
    if (hit.ahead > 0) {
      hit.ahead -= 1;
      return undefined;
    }
    hit.left -= 1;
    if (hit.left <= 0) this.#waiting = this.#waiting.filter((one) => one !== hit);
    return hit.fault;
  }
}

function hits(fault: EmulatorFault, { service, action, bucketName, method, key }: FaultTarget): boolean {
  return (
    (fault.service ?? "ens") === service &&
    (fault.action ?? action) === action &&
    (fault.bucketName ?? bucketName) === bucketName &&
    (fault.key ?? key) === key &&
    (fault.method === undefined ? method !== "OPTIONS" : fault.method === method)
  );
}
