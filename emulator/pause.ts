import { setTimeout as sleep } from "node:timers/promises";

/** Waits, but keeps no process alive that has stopped its emulator. */
export async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { ref: false });
}
