import { mkdir, rm } from "node:fs/promises";
import { devNull, homedir } from "node:os";
import { join } from "node:path";
import { coerce, satisfies } from "semver";
import { runChild } from "./child";
import { type Log, withProgress } from "./progress";

/** What a build needs to know. */
export interface BuildContext {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/** A program of a Go module that one of the modules in this folder requires. */
export interface GoProgram {
  /** For whoever waits for it. */
  readonly what: string;
  /** The folder of our module. */
  readonly folder: string;
  /** The package of the program, whose last part is also the program's name. */
  readonly program: string;
  readonly linkerFlags?: string;
}

/** Throws what is wrong with this machine's Go. */
export async function requireGo({ env, signal }: BuildContext): Promise<void> {
  const go = (
    await runChild("go", ["env", "GOVERSION"], { env: goEnvironment(env), signal }).catch(() => "")
  ).trim();
  if (go === "") throw new Error("there is no go");
  if (!isAtLeast(go, "1.25.0")) throw new Error(`${go} is older than go1.25`);
}

/**
 * Builds programs into `bin` of a folder, with caches of their own, which are then removed.
 *
 * @param also - Is called while the sources are there, with a command of Go that is run in a module of ours.
 */
export async function buildPrograms(
  { env, log, signal }: BuildContext,
  folder: string,
  programs: readonly GoProgram[],
  also?: (go: (module: string, args: readonly string[]) => Promise<string>) => Promise<void>,
): Promise<void> {
  const work = join(folder, "work");
  const own = Object.fromEntries(
    ["GOMODCACHE", "GOCACHE", "GOPATH", "GOTMPDIR"].map((name) => [name, join(work, name)]),
  );
  await mkdir(join(work, "GOTMPDIR"), { recursive: true });
  const go = (module: string, args: readonly string[]) =>
    runChild("go", args, {
      env: { ...goEnvironment(env), ...own, GOFLAGS: "", GOTOOLCHAIN: "local" },
      cwd: join(__dirname, module),
      signal,
    });
  for (const { what, folder: module, program, linkerFlags = "" } of programs) {
    const plain = ["-mod=readonly", "-modcacherw", "-trimpath", "-buildvcs=false"];
    const target = join(folder, "bin", program.split("/").at(-1) ?? "");
    const args = ["build", ...plain, "-ldflags", `-s -w ${linkerFlags}`, "-o", target, program];
    await withProgress(log, what, () => go(module, args));
  }
  await also?.(go);
  await rm(work, { recursive: true, force: true });
}

/** The user's settings of Go, but no folder for the telemetry that every run of Go would write beside them. */
export function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = env.XDG_CONFIG_HOME || join(env.HOME ?? homedir(), ".config");
  if (process.platform !== "linux") return env;
  return { ...env, GOENV: env.GOENV || join(folder, "go", "env"), XDG_CONFIG_HOME: devNull };
}

/** Whether `version` (`v3.259.0`, `go1.26`) is `oldest` or newer. */
export function isAtLeast(version: string, oldest: string): boolean {
  return satisfies(coerce(version) ?? "0.0.0", `>=${oldest}`);
}
