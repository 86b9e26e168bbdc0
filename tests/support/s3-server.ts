import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { pythonEnvironment } from "./python-environment";

/** A real S3 server, in a process of its own; it keeps all in memory. */
export interface S3Server {
  readonly port: number;
  stop(): void;
}

/** Starts the server; a text when this machine cannot have it, which says what is missing. */
export async function startS3Server(): Promise<S3Server | string> {
  const environment = await pythonEnvironment("s3-server.txt", "an S3 server");
  if ("lacks" in environment) return environment.lacks;
  const args = ["-m", "moto.server", "--host", "127.0.0.1", "--port", "0"];
  // It colours what it says, unless told not to.
  const server = spawn(environment.python, args, {
    env: { NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stderr })) {
    const port = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      server.stderr.resume();
      return { port: Number(port), stop: () => server.kill() };
    }
    said.push(line);
  }
  throw new Error(`The S3 server ended: ${said.join("\n")}`);
}
