import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Says lines to the user. What a plugin writes on stdout and stderr is for `--debug` alone. */
export class Engine {
  #client: EngineClient | undefined;
  readonly #underWay = new Set<Promise<void>>();
  readonly #warned = new Set<string>();

  /** @param address - Where the engine listens: empty where a plugin is started by hand. */
  connect(address: string): void {
    if (address === "") return;
    this.#client = new EngineClient(address, credentials.createInsecure());
  }

  /** @param urn - What the line is about; left out where that is not known. */
  info(line: string, urn = ""): void {
    this.#log(LogSeverity.INFO, line, urn);
  }

  /** Warns once: on a replacement, check runs twice. */
  warn(line: string, urn = ""): void {
    const key = `${urn}\n${line}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.#log(LogSeverity.WARNING, line, urn);
  }

  /** Waits until the engine has all lines, so that they come before the result that they are about. */
  async flushed(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #log(severity: LogSeverity, line: string, urn: string): void {
    if (this.#client === undefined) {
      process.stderr.write(`${line}\n`);
      return;
    }
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(line);
    request.setUrn(urn);
    const client = this.#client;
    const sent = new Promise<void>((resolve) => {
      // A line that cannot be told is no reason to fail.
      client.log(request, () => resolve());
    });
    this.#underWay.add(sent);
    void sent.then(() => this.#underWay.delete(sent));
  }
}
