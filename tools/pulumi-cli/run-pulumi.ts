import { spawn } from "node:child_process";
import { holdGroup } from "./child";

/** How the CLI ended and what it wrote. */
export interface PulumiRun {
  /** `null` when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PulumiRunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Gets its process id. */
  readonly onStart?: (pid: number) => void;
  /** Gets all it writes, as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Asks it to end, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/** Runs the CLI that is first on the environment's PATH; a failure is an exit code, not an error. */
export async function runPulumi(args: readonly string[], options: PulumiRunOptions): Promise<PulumiRun> {
  const { cwd, env, onStart, onOutput, signal } = options;
  const child = spawn("pulumi", ["--non-interactive", "--color", "never", ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: otherwise it would get a terminal's Ctrl-C and ours, and a second one makes it give up.
    detached: true,
  });
  const release = holdGroup(child.pid);
  if (child.pid !== undefined) onStart?.(child.pid);
  const interrupt = () => child.kill("SIGINT");
  signal?.addEventListener("abort", interrupt, { once: true });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    onOutput?.(chunk.toString());
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    onOutput?.(chunk.toString());
  });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    return { exitCode, stdout, stderr };
  } finally {
    signal?.removeEventListener("abort", interrupt);
    release();
  }
}
