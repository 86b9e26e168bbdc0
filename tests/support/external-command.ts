import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { canaries } from "./canaries";

/** A command of a profile that hangs. */
export interface HangingCommand {
  readonly command: string;
  /** Waits until it runs. */
  started(): Promise<void>;
  /** Its process and that of what it has started. */
  pids(): readonly number[];
}

/** A command that prints, starts another process, and hangs, or does something else in the end. */
export function hangingCommand(folder: string, end = "wait"): HangingCommand {
  const file = join(folder, "pids");
  return {
    command: `sh -c 'echo ${canaries.fileSecret}; sleep 300 & echo $$ $! > ${file}; ${end}'`,
    started: async () => {
      while (!existsSync(file)) await sleep(20);
    },
    pids: () => readFileSync(file, "utf8").trim().split(" ").map(Number),
  };
}

/** Waits until these processes have ended. */
export async function endOf(pids: readonly number[]): Promise<void> {
  assert.equal(pids.length, 2);
  const began = Date.now();
  while (pids.some(runs)) {
    assert.ok(Date.now() - began < 10_000, `${pids.filter(runs)} still run`);
    await sleep(20);
  }
}

function runs(pid: number): boolean {
  try {
    // What has ended may still wait to be noticed, as a zombie.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
