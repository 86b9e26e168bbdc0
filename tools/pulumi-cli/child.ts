import { spawn } from "node:child_process";

/** How a program is run. */
export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Ends the program. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a program to its end and gives what it wrote on stdout. It ends with this process, and so does all it started.
 */
export async function runChild(
  program: string,
  args: readonly string[],
  { env, cwd, signal }: ChildOptions = {},
): Promise<string> {
  const child = spawn(program, args, {
    ...(env !== undefined ? { env } : {}),
    ...(cwd !== undefined ? { cwd } : {}),
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, since compilers start compilers.
    detached: true,
  });
  const release = holdGroup(child.pid);
  const abort = () => killGroup(child.pid);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort();
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = `${stderr}${chunk}`.slice(-10_000);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (signal?.aborted === true) throw new Error("interrupted");
    if (code !== 0) throw new Error(lastLine(stderr) || lastLine(stdout) || `${program} ended with ${code}`);
    return stdout;
  } finally {
    signal?.removeEventListener("abort", abort);
    release();
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}

const groups = new Set<number>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Makes a process group end with this process. Call what it returns to end that. */
export function holdGroup(pid: number | undefined): () => void {
  if (pid === undefined) return () => undefined;
  if (groups.size === 0) {
    process.on("exit", killGroups);
    for (const signal of signals) process.on(signal, passOn);
  }
  groups.add(pid);
  return () => {
    groups.delete(pid);
    if (groups.size > 0) return;
    process.off("exit", killGroups);
    for (const signal of signals) process.off(signal, passOn);
  };
}

function killGroups(): void {
  for (const pid of groups) killGroup(pid);
}

/** Ends everything when a signal comes, unless another listener is there: then that decides what ends, and when. */
function passOn(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killGroups();
  process.off(signal, passOn);
  process.kill(process.pid, signal);
}

export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
