import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

/**
 * Runs a command in this terminal, with these variables over those of this process.
 *
 * @returns Its exit status, as a shell has it.
 */
export async function runInside(
  [program = "", ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  // The commands of npm are scripts on Windows, which only a shell can run.
  const shell = process.platform === "win32";
  const child = spawn(program, args, { env: { ...process.env, ...variables }, shell, stdio: "inherit" });
  // Ctrl-C in a terminal reaches the command too, and Pulumi takes a second one for haste.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const [status, signal] = await once(child, "close").catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "there is no such program" : error.message;
    throw new Error(`${program} cannot be run: ${reason}.`, { cause: error });
  });
  return status ?? 128 + constants.signals[signal as NodeJS.Signals];
}
