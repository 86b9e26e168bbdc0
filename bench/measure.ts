import type { Emulator } from "../emulator";
import { ProcessWatch } from "./processes";
import type { Cost } from "./samples";

/** What `run` costs, and what the emulator saw of it. */
export async function measure(emulator: Emulator, run: () => Promise<unknown>): Promise<Cost> {
  emulator.clearRequests();
  const connections = emulator.connections;
  const watch = new ProcessWatch();
  const start = performance.now();
  try {
    await run();
  } finally {
    watch.stop();
  }
  const wallMs = performance.now() - start;
  const { requests } = emulator;
  const [first, last] = [requests[0], requests.at(-1)];
  return {
    wallMs,
    processes: watch.stop(),
    connections: emulator.connections - connections,
    requests: requests.length,
    refused: requests.filter(({ status }) => status >= 400).length,
    spanMs: first === undefined || last === undefined ? 0 : last.time.getTime() - first.time.getTime(),
  };
}
