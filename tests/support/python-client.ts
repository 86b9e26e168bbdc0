import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ActionAnswer, ActionCall } from "./gateway-client";
import { pythonEnvironment } from "./python-environment";

/** The vendor's Python SDK, in a process of its own. */
export interface PythonClient {
  call(request: ActionCall): Promise<ActionAnswer>;
  stop(): void;
}

/** Starts the client; a text when this machine cannot have it, which says what is missing. */
export async function startPythonClient(): Promise<PythonClient | string> {
  const environment = await pythonEnvironment("ens-sdk.txt", "the vendor's Python SDK");
  if ("lacks" in environment) return environment.lacks;
  const script = join(__dirname, "python", "ens_sdk.py");
  const process = spawn(environment.python, [script], { env: {}, stdio: "pipe" });
  const answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const complaint = collect(process);
  return {
    async call(request) {
      process.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error(`The Python client ended: ${complaint()}`);
      return JSON.parse(value) as ActionAnswer;
    },
    stop: () => process.kill(),
  };
}

function collect(process: ChildProcessWithoutNullStreams): () => string {
  let text = "";
  process.stderr.on("data", (chunk: Buffer) => {
    text = `${text}${chunk}`.slice(-2000);
  });
  return () => text;
}
