import { type PulumiRun, runPulumi } from "../../tools/pulumi-cli/run-pulumi";

export interface DemoStackOptions {
  /** The project's folder. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Whether an earlier run ended without releasing its lock. */
  readonly crashed: boolean;
}

/** The stack `demo` of a project, deployed by the real CLI, whose output is shown. */
export class DemoStack {
  readonly folder: string;
  readonly #options: DemoStackOptions;

  constructor(options: DemoStackOptions) {
    this.folder = options.folder;
    this.#options = options;
  }

  async deploy(config: Readonly<Record<string, string>>): Promise<void> {
    const { crashed } = this.#options;
    await this.#quietly(["stack", "select", "--create", "demo"]);
    if (crashed) await this.#quietly(["cancel", "--yes"]);
    for (const [key, value] of Object.entries(config)) await this.#quietly(["config", "set", key, value]);
    // The emulator may have had to take another port since state was written.
    const args = ["up", "--yes", "--skip-preview", "--refresh"];
    console.log(`$ pulumi ${args.join(" ")} --stack demo`);
    const run = await this.#run(args, (text) => process.stdout.write(text));
    if (run.exitCode !== 0) throw new Error("pulumi up failed; see its output above.");
  }

  async output<T>(name: string): Promise<T> {
    return JSON.parse((await this.#quietly(["stack", "output", name, "--json"])).stdout) as T;
  }

  async #quietly(args: readonly string[]): Promise<PulumiRun> {
    const run = await this.#run(args);
    if (run.exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${run.stdout}${run.stderr}`);
    return run;
  }

  #run(args: readonly string[], onOutput?: (text: string) => void): Promise<PulumiRun> {
    const { env, signal } = this.#options;
    signal.throwIfAborted();
    return runPulumi(args, {
      cwd: this.folder,
      env,
      signal,
      ...(onOutput !== undefined ? { onOutput } : {}),
    });
  }
}
