import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { ChannelCredentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { checkout } from "./paths";

type Properties = Readonly<Record<string, unknown>>;

const urn = "urn:pulumi:dev::host::pulumi-nodejs:dynamic/alicloud-ens:PreparedUpload::media";

export interface ProviderProcessOptions {
  /** The stack's configuration, secrets in clear, as the engine hands it over. */
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The module whose resource is spoken of. Default: `prepared-upload`. */
  readonly module?: string;
}

const started = new Set<ProviderProcess>();

/** Ends the provider processes that the tests of a `describe` start, each after its test. */
export function stopProviderProcesses(): void {
  afterEach(() => {
    for (const one of started) one.stop();
    started.clear();
  });
}

/** Pulumi's provider process, spoken to as the engine does, without the engine. */
export class ProviderProcess {
  readonly #process: ChildProcess;
  readonly #client: ResourceProviderClient;
  /** The provider's text. */
  readonly #text: string;
  #stdout = "";
  #stderr = "";

  private constructor(process: ChildProcess, port: string, module: string) {
    this.#process = process;
    this.#text = `exports.handler=()=>require('pulumi-alicloud-ens/${module}')`;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, ChannelCredentials.createInsecure());
    process.stdout?.on("data", (chunk: Buffer) => {
      this.#stdout += chunk.toString();
    });
    process.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr += chunk.toString();
    });
  }

  static async start({
    config = {},
    env = {},
    module = "prepared-upload",
  }: ProviderProcessOptions = {}): Promise<ProviderProcess> {
    const main = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const child = spawn(process.execPath, [main, "127.0.0.1:1"], {
      cwd: checkout,
      env: { PATH: process.env.PATH, HOME: "/nowhere", ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const port = await firstOutput(child);
    const provider = new ProviderProcess(child, port, module);
    started.add(provider);
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    await provider.#ask((callback) => provider.#client.configure(request, callback));
    return provider;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** What the process wrote on stdout, which Pulumi shows the user too. */
  get stdout(): string {
    return this.#stdout;
  }

  /** What the process wrote on stderr, which Pulumi shows the user. */
  get stderr(): string {
    return this.#stderr;
  }

  /** What check refuses. */
  async check(news: Properties): Promise<readonly { property: string; reason: string }[]> {
    const response = await this.#check(news, {});
    return response
      .getFailuresList()
      .map((one) => ({ property: one.getProperty(), reason: one.getReason() }));
  }

  /** The inputs as check leaves them. */
  async checkedInputs(news: Properties, olds: Properties = {}): Promise<Properties> {
    const response = await this.#check(news, olds);
    return properties(response.getInputs());
  }

  async #check(news: Properties, olds: Properties): Promise<messages.CheckResponse> {
    const request = new messages.CheckRequest();
    request.setUrn(urn);
    request.setOlds(struct(olds));
    request.setNews(struct({ ...news, __provider: this.#text }));
    return this.#ask((callback) => this.#client.check(request, callback));
  }

  async diff(olds: Properties, news: Properties) {
    const request = new messages.DiffRequest();
    request.setUrn(urn);
    request.setId("media-assets");
    request.setOlds(struct({ __provider: this.#text, ...olds }));
    request.setNews(struct({ __provider: this.#text, ...news }));
    const response = await this.#ask<messages.DiffResponse>((callback) =>
      this.#client.diff(request, callback),
    );
    const changes = response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME;
    const first = response.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {};
    return { changes, replaces: response.getReplacesList(), ...first };
  }

  async create(inputs: Properties): Promise<Properties> {
    const request = new messages.CreateRequest();
    request.setUrn(urn);
    request.setProperties(struct({ ...inputs, __provider: this.#text }));
    const response = await this.#ask<messages.CreateResponse>((callback) =>
      this.#client.create(request, callback),
    );
    return properties(response.getProperties());
  }

  async update(olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setUrn(urn);
    request.setId("media-assets");
    request.setOlds(struct({ __provider: this.#text, ...olds }));
    request.setNews(struct({ __provider: this.#text, ...news }));
    const response = await this.#ask<messages.UpdateResponse>((callback) =>
      this.#client.update(request, callback),
    );
    return properties(response.getProperties());
  }

  async read(
    state: Properties,
    id = String(state.bucketName),
  ): Promise<{ readonly id: string; readonly state: Properties }> {
    const request = new messages.ReadRequest();
    request.setUrn(urn);
    request.setId(id);
    request.setProperties(struct({ __provider: this.#text, ...state }));
    const response = await this.#ask<messages.ReadResponse>((callback) =>
      this.#client.read(request, callback),
    );
    return { id: response.getId(), state: properties(response.getProperties()) };
  }

  async delete(state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setUrn(urn);
    request.setId(String(state.bucketName));
    request.setProperties(struct({ __provider: this.#text, ...state }));
    await this.#ask((callback) => this.#client.delete(request, callback));
  }

  /** Calls the deployment off, as the engine does after Ctrl-C. */
  async cancel(): Promise<void> {
    await this.#ask((callback) => this.#client.cancel(new Empty(), callback));
  }

  stop(): void {
    this.#client.close();
    this.#process.kill("SIGKILL");
  }

  #ask<T>(call: (callback: (error: Error | null, response: T) => void) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      call((error, response) => (error === null || error === undefined ? resolve(response) : reject(error)));
    });
  }
}

function struct(value: Properties): Struct {
  return Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

/** Without the provider's text, which the process adds by itself. */
function properties(value: Struct | undefined): Properties {
  const { __provider: _, ...rest } = value?.toJavaScript() ?? {};
  return rest;
}

/** The port, which is all the process says at first. */
async function firstOutput(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The provider process has no stdout.");
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return chunk.toString().trim();
}
