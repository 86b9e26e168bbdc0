import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { type CodeBlock, codeBlocks, lacking } from "./pages";
import { cacheFolder, checkout } from "./paths";
import { testCli } from "./pulumi-cli";

const run = promisify(execFile);
const { dependencies, devDependencies, peerDependencies, name } = require("../../package.json");
const known = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, [name]: "" });

/** A shell in an empty folder, in which somebody follows a page word for word. */
export class Walkthrough {
  readonly folder: string;
  /** A free one, in place of the port 9000 of the pages. */
  readonly port: string;
  /** Whether npm installs, where there is no checkout around the folder whose node_modules it has. */
  readonly #installs: boolean;
  #env: Record<string, string>;
  /** The folder that it is in. */
  #here: string;
  #emulator: ChildProcess | undefined;
  /** What the shell had before it went into one of the emulator. */
  #outer: Record<string, string> | undefined;

  private constructor(folder: string, port: string, env: Record<string, string>, installs: boolean) {
    this.folder = folder;
    this.port = port;
    this.#env = env;
    this.#here = folder;
    this.#installs = installs;
  }

  /**
   * @param env - What the shell has besides what Pulumi needs.
   * @param where - `checkout`: as if npm had installed the checkout and all it needs. `outside`: npm installs.
   */
  static async begin(
    env: Readonly<Record<string, string>> = {},
    where: "checkout" | "outside" = "checkout",
  ): Promise<Walkthrough> {
    const parent = where === "checkout" ? join(cacheFolder, "projects") : tmpdir();
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "walkthrough-"));
    const machine = where === "checkout" ? folder : join(folder, "machine");
    const own = { ...isolatedEnvironment(await testCli(), machine), TS_NODE_TRANSPILE_ONLY: "true" };
    const port = String(await freePort());
    return new Walkthrough(folder, port, { ...own, ...env }, where === "outside");
  }

  end(): void {
    this.#emulator?.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The blocks of a page, with a port that is free here. */
  blocksOf(page: string): CodeBlock[] {
    return codeBlocks(page).map((block) => ({ ...block, code: block.code.replaceAll("9000", this.port) }));
  }

  /** Runs the command for the emulator; gives what it prints, and exports what it tells to. */
  async startEmulator(command: string): Promise<string> {
    const args = command.trim().split(" ").slice(2);
    const child = spawn(process.execPath, [join(checkout, "dist", "cli", "main.js"), ...args]);
    this.#emulator = child;
    let printed = "";
    await new Promise<void>((resolve, reject) => {
      child.once("close", () => reject(new Error(`${command} ended: ${printed}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        printed += chunk;
        if (printed.includes("Ctrl-C")) resolve();
      });
    });
    for (const [, key = "", value = ""] of printed.matchAll(/export (\w+)=(\S+)/g)) this.#env[key] = value;
    return printed;
  }

  /** Goes into the shell that the emulator starts, `… -- bash`: it has the environment that the emulator gives it. */
  async enterShell(command: string): Promise<string> {
    assert.equal(this.#outer, undefined, "the shell of the emulator is left before another is entered");
    const args = command.trim().split(" ").slice(2, -1);
    const main = join(checkout, "dist", "cli", "main.js");
    const script = `exec "${process.execPath}" -e '${dump}; setInterval(() => {}, 1e6)'`;
    const child = spawn(process.execPath, [main, ...args, "bash", "-c", script], { env: this.#env });
    this.#emulator = child;
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    let printed = "";
    while (!printed.endsWith("\n")) {
      const [chunk] = await Promise.race([once(child.stdout, "data"), once(child, "close")]);
      assert.ok(chunk instanceof Buffer, `${command} ended: ${said}`);
      printed += chunk;
    }
    this.#outer = this.#env;
    this.#env = JSON.parse(printed);
    return said;
  }

  /** The exit status of a script, run as GitHub runs a step, where {@link follow} has ended. */
  async statusOf(script: string): Promise<number> {
    const ran = run("bash", ["-e", "-c", script], { env: this.#env, cwd: this.#here });
    return ran.then(
      () => 0,
      ({ code }: { code: number }) => code,
    );
  }

  /** Leaves it, and so ends the emulator. */
  async #leaveShell(): Promise<string> {
    const ended = this.#emulator !== undefined ? once(this.#emulator, "close") : undefined;
    this.#emulator?.kill();
    await ended;
    this.#env = this.#outer ?? assert.fail("there is no shell to leave");
    this.#outer = undefined;
    return "";
  }

  /** Follows a page: writes its files, runs its commands, and compares what they print. */
  async follow(page: string, blocks = this.blocksOf(page), { cwd = this.#here } = {}): Promise<void> {
    this.#here = cwd;
    let printed = "";
    for (const { language, code, file, line } of blocks) {
      if (file !== undefined) {
        mkdirSync(dirname(join(this.#here, file)), { recursive: true });
        writeFileSync(join(this.#here, file), code);
      } else if (language === "") {
        const missing = lacking(code, printed);
        assert.equal(missing, undefined, `${page}:${line} promises "${missing}", but there was:\n${printed}`);
      } else {
        printed = "";
        for (const commands of this.#partsOf(code)) printed += await this.#run(commands, `${page}:${line}`);
      }
    }
  }

  /** The commands of a block, those apart that are not left to bash. */
  #partsOf(code: string): string[] {
    const parts: string[] = [];
    let ordinary = "";
    for (const line of code.split("\n").filter((one) => one.trim() !== "")) {
      if (!this.#isOurs(line)) ordinary += `${line}\n`;
      else {
        parts.push(ordinary, line.trim());
        ordinary = "";
      }
    }
    return [...parts, ordinary].filter((part) => part !== "");
  }

  #isOurs(line: string): boolean {
    return ownEmulator.test(line) || emulatorShell.test(line) || line === "exit" || this.#isChecked(line);
  }

  /** Whether an installation is only looked at. */
  #isChecked(line: string): boolean {
    return !this.#installs && line.startsWith("npm install");
  }

  /** @returns what is printed */
  async #run(commands: string, where: string): Promise<string> {
    if (emulatorShell.test(commands)) return this.enterShell(commands);
    if (ownEmulator.test(commands)) return this.startEmulator(commands);
    if (commands === "exit") return this.#leaveShell();
    if (this.#isChecked(commands)) {
      const wanted = commands.replace(/ #.*/, "").trim().split(" ").slice(2);
      for (const name of wanted) assert.ok(known.includes(name), name);
      return "";
    }
    // Left behind by each for the next: where it was, and what it exported.
    const script = `set -e -o pipefail; ${answering}; cd '${this.#here}'\n${commands}\necho "@@$PWD"; node -e '${dump}'`;
    const { stdout } = await run("bash", ["-c", `{ ${script}\n} 2>&1`], {
      env: this.#env,
      cwd: this.folder,
    }).catch((error: { stdout: string }) => assert.fail(`${where} failed:\n${error.stdout}`));
    const [all = "", end = ""] = stdout.split("@@");
    const [pwd = "", variables = ""] = end.split("\n");
    this.#here = pwd;
    this.#env = JSON.parse(variables);
    return all;
  }
}

/** The command that waits for Ctrl-C, and the one that starts a shell. */
const ownEmulator = /^npx pulumi-alicloud-ens emulator\b(?!.* -- )/;
const emulatorShell = /^npx pulumi-alicloud-ens emulator\b.* -- bash$/;

/** What a user answers to the questions of the CLI. */
const answering = `pulumi() {
  case " $* " in
    *" --preview-only "*) command pulumi "$@" ;;
    *" up "* | *" refresh "* | *" destroy "*) command pulumi "$@" --yes --skip-preview ;;
    *) command pulumi "$@" ;;
  esac
}`;

/** Node's own environment is the shell's. */
const dump = "console.log(JSON.stringify(process.env))";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
