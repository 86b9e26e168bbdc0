import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { GatewayAnswer, GatewayCall } from "./gateway-client";
import { cacheFolder } from "./paths";

const run = promisify(execFile);
const folder = join(__dirname, "python");

/** The vendor's Python SDK, in a process of its own. */
export interface PythonClient {
  call(request: GatewayCall): Promise<GatewayAnswer>;
  stop(): void;
}

/** Starts the client; a text when this machine cannot have it, which says what is missing. */
export async function startPythonClient(): Promise<PythonClient | string> {
  const python = await installed();
  if (!existsSync(python)) return python;
  const process = spawn(python, [join(folder, "prepare_upload.py")], { env: {}, stdio: "pipe" });
  const answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const complaint = collect(process);
  return {
    async call(request) {
      process.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error(`The Python client ended: ${complaint()}`);
      return JSON.parse(value) as GatewayAnswer;
    },
    stop: () => process.kill(),
  };
}

/** Two of these are within what the tests that need the client wait for it. */
const longest = 140_000;

/** The Python of an environment that has the SDK; it is made once for every content of requirements.txt. */
async function installed(): Promise<string> {
  const requirements = join(folder, "requirements.txt");
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const environment = join(cacheFolder, `python-${hash}`);
  const python = join(environment, "bin", "python");
  if (existsSync(python)) return python;
  console.log("      installing the vendor's Python SDK, once; this may take a minute");
  const half = `${environment}.${process.pid}`;
  try {
    await run("python3", ["-m", "venv", half], { timeout: longest });
    const pip = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-cache-dir",
      "--disable-pip-version-check",
      "--requirement",
      requirements,
    ];
    await run(join(half, "bin", "python"), pip, { timeout: longest });
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    return `python3 with venv and a package index, to install ${requirements}: ${String(error).split("\n")[0]}`;
  }
  await rename(half, environment).catch(() => rm(half, { recursive: true, force: true }));
  return python;
}

function collect(process: ChildProcessWithoutNullStreams): () => string {
  let text = "";
  process.stderr.on("data", (chunk: Buffer) => {
    text = `${text}${chunk}`.slice(-2000);
  });
  return () => text;
}
