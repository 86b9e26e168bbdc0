import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
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
  #env: Record<string, string>;
  #emulator: ChildProcess | undefined;

  private constructor(folder: string, port: string, env: Record<string, string>) {
    this.folder = folder;
    this.port = port;
    this.#env = env;
  }

  /** @param env - What the shell has besides what Pulumi needs. */
  static async begin(env: Readonly<Record<string, string>> = {}): Promise<Walkthrough> {
    mkdirSync(join(cacheFolder, "projects"), { recursive: true });
    const folder = mkdtempSync(join(cacheFolder, "projects", "walkthrough-"));
    const own = { ...isolatedEnvironment(await testCli(), folder), TS_NODE_TRANSPILE_ONLY: "true" };
    return new Walkthrough(folder, String(await freePort()), { ...own, ...env });
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

  /** Follows a page: writes its files, runs its commands, and compares what they print. */
  async follow(page: string, blocks = this.blocksOf(page), { cwd = this.folder } = {}): Promise<void> {
    // Left behind by each block for the next: where it was, and what it exported.
    let here = cwd;
    let printed = "";
    for (const { language, code, file, line } of blocks) {
      if (file !== undefined) {
        mkdirSync(dirname(join(here, file)), { recursive: true });
        writeFileSync(join(here, file), code);
      } else if (language === "") {
        const missing = lacking(code, printed);
        assert.equal(missing, undefined, `${page}:${line} promises "${missing}", but there was:\n${printed}`);
      } else if (code.startsWith("npx pulumi-alicloud-ens emulator")) {
        printed = await this.startEmulator(code);
      } else if (code.startsWith("npm install")) {
        for (const wanted of code.trim().split(" ").slice(2)) assert.ok(known.includes(wanted), wanted);
      } else {
        const script = `set -e -o pipefail; ${answering}; cd '${here}'\n${code}\necho "@@$PWD"; node -e '${dump}'`;
        const { stdout } = await run("bash", ["-c", `{ ${script}\n} 2>&1`], {
          env: this.#env,
          cwd: this.folder,
        }).catch((error: { stdout: string }) => assert.fail(`${page}:${line} failed:\n${error.stdout}`));
        const [all = "", end = ""] = stdout.split("@@");
        const [pwd = "", variables = ""] = end.split("\n");
        printed = all;
        here = pwd;
        this.#env = JSON.parse(variables);
      }
    }
  }
}

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
