import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The server of an example, started by its own `npm start`. */
export class ExampleServer {
  readonly origin: string;
  /** What the script before it said. */
  readonly prepared: string;
  readonly #child: ChildProcess;

  private constructor(origin: string, prepared: string, child: ChildProcess) {
    this.origin = origin;
    this.prepared = prepared;
    this.#child = child;
  }

  /** Starts it on a free port; `first` is a script to run before, with the same environment. */
  static async start(folder: string, environment: NodeJS.ProcessEnv, first?: string): Promise<ExampleServer> {
    const port = await freePort();
    const env = { ...environment, PORT: String(port) };
    const prepare = (script: string) => run("npm", ["run", "--silent", script], { cwd: folder, env });
    const prepared = first === undefined ? "" : (await prepare(first)).stdout;
    // In a group of its own, for npm and what it runs to be ended together.
    const child = spawn("npm", ["run", "--silent", "start"], { cwd: folder, env, detached: true });
    const server = new ExampleServer(`http://localhost:${port}`, prepared, child);
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        said += chunk;
        if (said.includes(`Open ${server.origin} `)) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", () => reject(new Error(`The server has ended: ${said}`)));
    });
    return server;
  }

  async stop(): Promise<void> {
    if (this.#child.pid === undefined || this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    process.kill(-this.#child.pid, "SIGTERM");
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
