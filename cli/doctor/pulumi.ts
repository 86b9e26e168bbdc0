import { execFile } from "node:child_process";

/** The result of running the Pulumi CLI. */
export type PulumiAnswer =
  | { readonly kind: "done"; readonly stdout: string }
  /** There is no Pulumi CLI on PATH. */
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly why: string };

/** Runs the user's Pulumi CLI. It must not ask the user, and must end within `timeout` milliseconds. */
export function askPulumi(args: readonly string[], timeout: number): Promise<PulumiAnswer> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const options = { env, timeout, killSignal: "SIGKILL", maxBuffer: 16 * 1024 * 1024 } as const;
  return new Promise((resolve) => {
    const child = execFile(
      "pulumi",
      ["--non-interactive", "--color", "never", ...args],
      options,
      (error, stdout, stderr) => {
        if (error === null) resolve({ kind: "done", stdout });
        else if (error.code === "ENOENT") resolve({ kind: "missing" });
        else if (error.killed) resolve({ kind: "failed", why: `it did not end within ${timeout / 1000} s` });
        else resolve({ kind: "failed", why: firstLine(stderr) });
      },
    );
    child.stdin?.end();
  });
}

/** The error's first line, without the secrets that a backend's URL may hold. */
function firstLine(stderr: string): string {
  const [line = ""] = stderr.replace(/^error: /, "").split("\n");
  return line.replace(/\/\/[^/@\s]*@/g, "//***@").replace(/\?\S+=\S*/g, "?***");
}
