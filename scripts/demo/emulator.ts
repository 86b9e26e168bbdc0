import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";

/**
 * The emulator of the demo, on the port of the last run where that is free: endpoints are part of state, and a
 * second run should change nothing.
 */
export async function startDemoEmulator(folder: string): Promise<Emulator> {
  const file = join(folder, "port");
  const options = { dataDir: join(folder, "objects") };
  const last = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  const emulator = await startEmulator({ ...options, port: last }).catch((error: unknown) => {
    if (last === 0) throw error;
    return startEmulator(options);
  });
  writeFileSync(file, String(emulator.port));
  console.log(`The ENS emulator listens on ${emulator.url}`);
  return emulator;
}
