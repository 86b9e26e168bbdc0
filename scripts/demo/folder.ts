import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The demo's folder, held by one run at a time. */
export interface DemoFolder {
  readonly path: string;
  /** Whether the last run ended without releasing it. */
  readonly crashed: boolean;
  release(): void;
}

/** @throws When another run holds it. */
export function claimFolder(path: string): DemoFolder {
  mkdirSync(path, { recursive: true });
  const file = join(path, "run.pid");
  const crashed = existsSync(file);
  const holder = crashed ? Number(readFileSync(file, "utf8")) : undefined;
  if (holder !== undefined && isRunning(holder)) {
    throw new Error(
      `\`npm start\` is running already (process ${holder}). Wait for it, or end it with Ctrl-C.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return { path, crashed, release: () => rmSync(file, { force: true }) };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
