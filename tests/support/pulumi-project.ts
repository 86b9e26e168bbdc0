import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { type PulumiRun, type PulumiRunOptions, runPulumi } from "../../tools/pulumi-cli/run-pulumi";
import { cacheFolder } from "./paths";
import { testCli } from "./pulumi-cli";

/** A resource as state holds it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  /** Only looked up, not managed. */
  readonly external?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  /** The URN and id of the provider. */
  readonly provider?: string;
  /** Where the program made it: `project:///index.ts#3,1`. */
  readonly sourcePosition?: string;
  readonly stackTrace?: readonly { readonly sourcePosition?: string }[];
}

/** What Pulumi knows of a stack. */
export interface StackState {
  readonly resources?: readonly StateResource[];
  /** What it began and did not see the end of. */
  readonly pending_operations?: readonly { readonly type: string }[];
}

/** The file that a folder of state has for a stack. */
interface Checkpoint {
  /** There is nothing in a stack that was never deployed. */
  readonly checkpoint: { readonly latest?: StackState };
}

export interface ProjectOptions {
  /** Its files by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** A folder that is copied. */
  readonly from?: string;
  /** Where the project is, when not in a folder of its own inside the checkout, whose node_modules it then has. */
  readonly folder?: string;
  /** Where state and home are, to be shared by projects that refer to each other. Default: its own. */
  readonly sharing?: PulumiProject;
  /** Where state is, logged in to as a user does, when not in a folder. */
  readonly backend?: string;
  readonly stack?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A Pulumi project with one stack, driven by the real CLI, apart from everything of the user's. */
export class PulumiProject {
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly #owned: string;
  readonly #stateFolder: string;
  readonly #stack: string;

  private constructor(
    owned: string,
    folder: string,
    stateFolder: string,
    stack: string,
    env: Record<string, string>,
  ) {
    this.#owned = owned;
    this.folder = folder;
    this.#stateFolder = stateFolder;
    this.#stack = stack;
    this.env = env;
  }

  static async create(options: ProjectOptions): Promise<PulumiProject> {
    mkdirSync(join(cacheFolder, "projects"), { recursive: true });
    const owned = mkdtempSync(join(cacheFolder, "projects", "project-"));
    const folder = options.folder ?? join(owned, "program");
    if (options.from !== undefined) cpSync(options.from, folder, { recursive: true });
    // Pulumi starts the main program of the nearest package.json, which would be this package's own.
    const files = { "package.json": '{ "main": "index.ts" }', ...options.files };
    for (const [path, content] of Object.entries(options.files === undefined ? {} : files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const stateFolder = options.sharing === undefined ? owned : options.sharing.#stateFolder;
    const env: Record<string, string> = {
      ...isolatedEnvironment(await testCli(), stateFolder),
      // Types are the business of `npm run check`.
      TS_NODE_TRANSPILE_ONLY: "1",
      ...options.env,
    };
    const stack = options.stack ?? "dev";
    const project = new PulumiProject(owned, folder, stateFolder, stack, env);
    if (options.backend !== undefined) {
      delete env.PULUMI_BACKEND_URL;
      await project.run(["login", options.backend]);
    }
    await project.run(["stack", "select", "--create", stack]);
    for (const [key, value] of Object.entries(options.config ?? {})) await project.setConfig(key, value);
    return project;
  }

  /** Runs the CLI, whatever comes of it. */
  attempt(args: readonly string[], options: Omit<PulumiRunOptions, "cwd" | "env"> = {}): Promise<PulumiRun> {
    return runPulumi(args, { cwd: this.folder, env: this.env, ...options });
  }

  /** Runs the CLI and expects success. */
  async run(args: readonly string[]): Promise<PulumiRun> {
    const result = await this.attempt(args);
    if (result.exitCode === 0) return result;
    throw new Error(
      `pulumi ${args.join(" ")} ended with ${result.exitCode}:\n${result.stdout}\n${result.stderr}`,
    );
  }

  up(...args: readonly string[]): Promise<PulumiRun> {
    return this.run(["up", "--yes", "--skip-preview", ...args]);
  }

  preview(...args: readonly string[]): Promise<PulumiRun> {
    return this.run(["preview", ...args]);
  }

  refresh(...args: readonly string[]): Promise<PulumiRun> {
    return this.run(["refresh", "--yes", "--skip-preview", ...args]);
  }

  destroy(...args: readonly string[]): Promise<PulumiRun> {
    return this.run(["destroy", "--yes", "--skip-preview", ...args]);
  }

  /** As `pulumi config set` does, which takes a third of a second where a line in a file is all there is to it. */
  async setConfig(key: string, value: string, kind: "plain" | "secret" | "path" = "plain"): Promise<void> {
    if (kind === "plain") this.#editConfig((config, name) => ({ ...config, [name(key)]: value }));
    else await this.run(["config", "set", `--${kind}`, key, "--", value]);
  }

  /** As `pulumi config rm` does. */
  removeConfig(...keys: readonly string[]): void {
    this.#editConfig((config, name) => {
      const removed = keys.map(name);
      return Object.fromEntries(Object.entries(config).filter(([key]) => !removed.includes(key)));
    });
  }

  #editConfig(
    edit: (
      config: Readonly<Record<string, unknown>>,
      name: (key: string) => string,
    ) => Readonly<Record<string, unknown>>,
  ): void {
    const path = join(this.folder, `Pulumi.${this.#stack}.yaml`);
    const settings = existsSync(path) ? parse(readFileSync(path, "utf8")) : {};
    const name = (key: string) => (key.includes(":") ? key : `${this.#name()}:${key}`);
    writeFileSync(path, stringify({ ...settings, config: edit(settings?.config ?? {}, name) }));
  }

  /** The outputs of the stack, as `pulumi stack output --json` prints them. */
  async outputs<T = Record<string, unknown>>(): Promise<T> {
    if (this.#checkpoint() === undefined) {
      return JSON.parse((await this.run(["stack", "output", "--json"])).stdout) as T;
    }
    const stack = (await this.resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
    const hidden = (_: string, value: unknown) => (isSecret(value) ? "[secret]" : value);
    return JSON.parse(JSON.stringify(stack?.outputs ?? {}, hidden)) as T;
  }

  /**
   * What Pulumi knows of a stack; by default of its own. It is read from the file that the engine wrote, since asking
   * for it starts the CLI; `pulumi stack export` prints the same.
   */
  async state(stack = this.#stack): Promise<StackState> {
    const checkpoint = this.#checkpoint(stack);
    if (checkpoint !== undefined) {
      const { latest } = (JSON.parse(readFileSync(checkpoint, "utf8")) as Checkpoint).checkpoint;
      return latest ?? {};
    }
    const { stdout } = await this.run(["stack", "export", "--stack", stack]);
    return (JSON.parse(stdout) as { readonly deployment: StackState }).deployment;
  }

  /** The file that holds a stack, where state is a folder. */
  #checkpoint(stack = this.#stack): string | undefined {
    if (this.env.PULUMI_BACKEND_URL === undefined) return undefined;
    return join(this.#stateFolder, "state", ".pulumi", "stacks", this.#name(), `${stack}.json`);
  }

  #name(): string {
    return parse(readFileSync(join(this.folder, "Pulumi.yaml"), "utf8")).name;
  }

  async resources(): Promise<readonly StateResource[]> {
    return (await this.state()).resources ?? [];
  }

  /** The resources of this package. */
  async uploads(): Promise<readonly StateResource[]> {
    return (await this.resources()).filter(({ type }) =>
      type.startsWith("pulumi-nodejs:dynamic/alicloud-ens:"),
    );
  }

  /**
   * Keeps state, program, configuration and environment as they are now; what is returned puts them back. So each
   * test of a file can begin with a stack that was deployed once.
   */
  keep(): () => void {
    const kept = mkdtempSync(join(this.#owned, "kept-"));
    const folders = [join(this.#stateFolder, "state"), this.folder];
    // In a checkout, or where packages are installed, there is too much to copy, and too much to lose.
    if (existsSync(join(this.folder, "node_modules"))) folders.pop();
    const copies = folders.map((folder, n) => [folder, join(kept, String(n))] as const);
    const env = { ...this.env };
    for (const [folder, copy] of copies) cpSync(folder, copy, { recursive: true });
    return () => {
      for (const [folder, copy] of copies) {
        rmSync(folder, { recursive: true });
        cpSync(copy, folder, { recursive: true });
      }
      for (const name of Object.keys(this.env)) delete this.env[name];
      Object.assign(this.env, env);
    };
  }

  /** Removes what a killed CLI can leave beside a state file; the state itself is replaced in one step. */
  removeEmptyAttributes(): void {
    const stacks = join(this.#stateFolder, "state", ".pulumi", "stacks");
    for (const name of readdirSync(stacks, { recursive: true, encoding: "utf8" })) {
      const path = join(stacks, name);
      if (name.endsWith(".attrs") && statSync(path).size === 0) rmSync(path);
    }
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.folder, path), content);
  }

  remove(): void {
    rmSync(this.#owned, { recursive: true, force: true });
  }
}

/** Whether a value of state is a secret, by the mark that Pulumi gives them. */
function isSecret(value: unknown): boolean {
  const mark = "4dabf18193072939515e22adb298388d";
  return typeof value === "object" && value !== null && mark in value;
}

/** What `pulumi` counted at its end: `{ created: 1, unchanged: 1 }`. */
export function counts({ stdout }: PulumiRun): Readonly<Record<string, number>> {
  const summary = stdout.slice(stdout.lastIndexOf("Resources:"));
  return Object.fromEntries(
    [...summary.matchAll(/^ +(?:\d+ changes?\. )?(?:[-+~]+ ?)?(\d+) ([a-z ]+)$/gm)].map(([, count, what]) => [
      what ?? "",
      Number(count),
    ]),
  );
}
