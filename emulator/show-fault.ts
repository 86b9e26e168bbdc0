import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorFault } from "./options";

/** Waits, but keeps no process alive that has stopped its emulator. */
export async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { ref: false });
}

/** Does what a fault does in place of an answer; gives what is seen of it. */
export function showFault(
  fault: Exclude<EmulatorFault, { kind: "error" }>,
  response: ServerResponse,
): { readonly status: number; readonly code: string } {
  const { kind } = fault;
  if (kind === "reset") response.destroy();
  if (kind !== "body") return { status: 0, code: kind };
  const status = fault.status ?? 200;
  response.writeHead(status, { "content-type": fault.contentType ?? "application/json" });
  response.end(fault.body);
  return { status, code: kind };
}
