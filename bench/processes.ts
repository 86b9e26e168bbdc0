import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** The kinds of processes in a deployment. */
export type Role = "engine" | "program" | "provider";

export interface ProcessCost {
  readonly cpuMs: number;
  readonly peakBytes: number;
}

export type ProcessCosts = Readonly<Partial<Record<Role, ProcessCost>>>;

/** Whether this system says how much its processes use. */
export const tellsCosts = process.platform === "linux";

const intervalMs = 50;
/** The unit of CPU time in Linux, on every machine. */
const tickMs = 10;

/**
 * Looks at what the processes below this one use, until it is stopped. A process is last seen up to 50 ms before its
 * end, so up to that much of its time may be missing.
 */
export class ProcessWatch {
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #ours = new Set([process.pid]);
  readonly #foreign = new Set<number>();
  readonly #costs = new Map<Role, ProcessCost>();

  constructor() {
    if (!tellsCosts) return;
    for (const pid of processIds()) this.#foreign.add(pid);
    this.#timer = setInterval(() => this.#look(), intervalMs);
  }

  stop(): ProcessCosts {
    clearInterval(this.#timer);
    return Object.fromEntries(this.#costs);
  }

  #look(): void {
    for (const pid of processIds()) {
      if (this.#foreign.has(pid)) continue;
      const seen = look(pid);
      if (seen === undefined) continue;
      if (this.#ours.has(seen.parent)) this.#ours.add(pid);
      else if (!this.#ours.has(pid)) this.#foreign.add(pid);
      if (this.#ours.has(pid) && seen.role !== undefined) this.#costs.set(seen.role, seen.cost);
    }
  }
}

function processIds(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid));
}

function look(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [, parent] = fields;
    const [user, system] = fields.slice(11, 13);
    const role = roleOf(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0"));
    const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    const cost = { cpuMs: (Number(user) + Number(system)) * tickMs, peakBytes: Number(peak ?? 0) * 1024 };
    return { parent: Number(parent), role, cost };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

function roleOf([program = "", ...args]: readonly string[]): Role | undefined {
  if (basename(program) === "pulumi") return "engine";
  if (basename(program) !== "node") return undefined;
  if (args.some((arg) => arg.includes("cmd/run"))) return "program";
  // Without Pulumi, the one process that calls.
  return args.some((arg) => /cmd\/dynamic-provider|fronts\/plugin|index\.js$/.test(arg))
    ? "provider"
    : undefined;
}
