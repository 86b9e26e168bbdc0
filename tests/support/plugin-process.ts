import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ChannelCredentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Emulator } from "../../emulator";
import { configurationFor } from "./emulator";
import { checkout } from "./paths";

export type Properties = Readonly<Record<string, unknown>>;

/** A line as the engine gets it. */
export interface Line {
  readonly severity: "info" | "warning";
  readonly message: string;
  readonly urn: string;
}

/** What a partial failure keeps. */
export interface Kept {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];
}

export interface PluginOptions {
  /** The provider's inputs. */
  readonly config?: Properties;
  /** Its name. Default: the default provider. */
  readonly provider?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface UpdateOptions {
  readonly preview?: boolean;
  readonly ignoreChanges?: readonly string[];
}

/** A text as the engine marks a secret, and one that a preview does not know. */
export const secret = (value: unknown): Properties => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The settings of those who ask an emulator as its default account, as a provider's inputs. */
export function settingsFor(emulator: Emulator): Properties {
  const entries = Object.entries(configurationFor(emulator));
  return Object.fromEntries(entries.map(([key, value]) => [key.replace("alicloud-ens:", ""), value]));
}

const started = new Set<PluginProcess>();

/** Ends the plugins that the tests of a `describe` start, each after its test. */
export function stopPlugins(): void {
  afterEach(() => {
    for (const one of started) one.stop();
    started.clear();
  });
}

export function urnOf(className: string, name = "media", parents = ""): string {
  return `urn:pulumi:dev::host::${parents}alicloud-ens:index:${className}::${name}`;
}

/** The plugin's process, spoken to as the engine does, without the engine. */
export class PluginProcess {
  /** What the user is told. */
  readonly lines: readonly Line[];
  stderr = "";
  readonly #process: ChildProcess;
  readonly #client: ResourceProviderClient;
  readonly #engine: Server;

  private constructor(process: ChildProcess, engine: Server, lines: readonly Line[], port: string) {
    this.lines = lines;
    this.#process = process;
    this.#engine = engine;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, ChannelCredentials.createInsecure());
    process.stderr?.on("data", (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
  }

  /** One that asks an emulator as its default account. */
  static for(emulator: Emulator, options: PluginOptions = {}): Promise<PluginProcess> {
    return PluginProcess.start({ ...options, config: { ...settingsFor(emulator), ...options.config } });
  }

  /** One that is configured. */
  static async start(options: PluginOptions = {}): Promise<PluginProcess> {
    const plugin = await PluginProcess.launch(options);
    await plugin.configure(options.config ?? {}, options.provider);
    return plugin;
  }

  static async launch({ env = {} }: PluginOptions = {}): Promise<PluginProcess> {
    const lines: Line[] = [];
    const engine = new Server();
    engine.addService(EngineService, {
      log: ({ request }: { request: LogRequest }, callback: (error: null, response: Empty) => void) => {
        const severity = request.getSeverity() === LogSeverity.WARNING ? "warning" : "info";
        lines.push({ severity, message: request.getMessage(), urn: request.getUrn() });
        callback(null, new Empty());
      },
    });
    const enginePort = await new Promise<number>((resolve, reject) => {
      engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
    const main = join(checkout, "dist/provider/fronts/plugin/main.js");
    const child = spawn(process.execPath, [main, `127.0.0.1:${enginePort}`], {
      env: { PATH: process.env.PATH, HOME: "/nowhere", ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const plugin = new PluginProcess(child, engine, lines, chunk.toString().trim());
    started.add(plugin);
    return plugin;
  }

  async configure(config: Properties, provider = "default"): Promise<messages.ConfigureResponse> {
    const request = new messages.ConfigureRequest();
    request.setUrn(providerUrn(provider));
    request.setArgs(struct(config));
    request.setAcceptsecrets(true);
    return this.#ask((callback) => this.#client.configure(request, callback));
  }

  async checkConfig(news: Properties, provider = "default") {
    const request = new messages.CheckRequest();
    request.setUrn(providerUrn(provider));
    request.setNews(struct(news));
    return checked(await this.#ask((callback) => this.#client.checkConfig(request, callback)));
  }

  async diffConfig(olds: Properties, news: Properties) {
    const request = new messages.DiffRequest();
    request.setUrn(providerUrn("default"));
    request.setOlds(struct(olds));
    request.setOldInputs(struct(olds));
    request.setNews(struct(news));
    return difference(await this.#ask((callback) => this.#client.diffConfig(request, callback)));
  }

  async check(
    urn: string,
    news: Properties,
    olds: Properties = {},
    autonaming?: [mode: number, name: string],
  ) {
    const request = new messages.CheckRequest();
    request.setUrn(urn);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    if (autonaming !== undefined) {
      const options = new messages.CheckRequest.AutonamingOptions();
      options.setMode(autonaming[0]);
      options.setProposedName(autonaming[1]);
      request.setAutonaming(options);
    }
    return checked(await this.#ask((callback) => this.#client.check(request, callback)));
  }

  async diff(
    urn: string,
    olds: Properties,
    oldInputs: Properties,
    news: Properties,
    ignoreChanges: readonly string[] = [],
  ) {
    const request = new messages.DiffRequest();
    request.setUrn(urn);
    request.setId("id");
    request.setOlds(struct(olds));
    request.setOldInputs(struct(oldInputs));
    request.setNews(struct(news));
    request.setIgnorechangesList([...ignoreChanges]);
    return difference(await this.#ask((callback) => this.#client.diff(request, callback)));
  }

  async create(urn: string, inputs: Properties, preview = false) {
    const request = new messages.CreateRequest();
    request.setUrn(urn);
    request.setProperties(struct(inputs));
    request.setPreview(preview);
    const response = await this.#ask<messages.CreateResponse>((callback) =>
      this.#client.create(request, callback),
    );
    return { id: response.getId(), outputs: properties(response.getProperties()) };
  }

  async update(
    urn: string,
    olds: Properties,
    news: Properties,
    { preview = false, ignoreChanges = [] }: UpdateOptions = {},
  ): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setUrn(urn);
    request.setId("id");
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    request.setPreview(preview);
    request.setIgnorechangesList([...ignoreChanges]);
    const response = await this.#ask<messages.UpdateResponse>((callback) =>
      this.#client.update(request, callback),
    );
    return properties(response.getProperties());
  }

  async read(urn: string, id: string, state: Properties = {}, inputs: Properties = {}) {
    const request = new messages.ReadRequest();
    request.setUrn(urn);
    request.setId(id);
    request.setProperties(struct(state));
    request.setInputs(struct(inputs));
    const response = await this.#ask<messages.ReadResponse>((callback) =>
      this.#client.read(request, callback),
    );
    return {
      id: response.getId(),
      outputs: properties(response.getProperties()),
      inputs: properties(response.getInputs()),
    };
  }

  async delete(urn: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setUrn(urn);
    request.setId("id");
    request.setProperties(struct(state));
    await this.#ask((callback) => this.#client.delete(request, callback));
  }

  async invoke(name: string, args: Properties) {
    const request = new messages.InvokeRequest();
    request.setTok(`alicloud-ens:index:${name}`);
    request.setArgs(struct(args));
    const response = await this.#ask<messages.InvokeResponse>((callback) =>
      this.#client.invoke(request, callback),
    );
    return { answer: properties(response.getReturn()), failures: failures(response) };
  }

  async schema(): Promise<string> {
    const response = await this.#ask<messages.GetSchemaResponse>((callback) =>
      this.#client.getSchema(new messages.GetSchemaRequest(), callback),
    );
    return response.getSchema();
  }

  async handshake(): Promise<messages.ProviderHandshakeResponse> {
    const request = new messages.ProviderHandshakeRequest();
    return this.#ask((callback) => this.#client.handshake(request, callback));
  }

  async version(): Promise<string> {
    const info = await this.#ask<{ getVersion(): string }>((callback) =>
      this.#client.getPluginInfo(new Empty(), callback),
    );
    return info.getVersion();
  }

  /** Calls the deployment off, as the engine does after Ctrl-C. */
  async cancel(): Promise<void> {
    await this.#ask((callback) => this.#client.cancel(new Empty(), callback));
  }

  stop(): void {
    this.#client.close();
    this.#engine.forceShutdown();
    this.#process.kill("SIGKILL");
  }

  #ask<T>(call: (callback: (error: Error | null, response: T) => void) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      call((error, response) => (error === null || error === undefined ? resolve(response) : reject(error)));
    });
  }
}

/** What a partial failure tells the engine to keep; nothing where the failure is none. */
export async function keptBy(work: Promise<unknown>): Promise<Kept | undefined> {
  const failure = await work.then(
    () => undefined,
    (error: ServiceError) => error,
  );
  const [packed] = failure?.metadata?.get("grpc-status-details-bin") ?? [];
  if (!(packed instanceof Buffer)) return undefined;
  const [detail] = Status.deserializeBinary(packed).getDetailsList();
  if (detail === undefined) return undefined;
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return {
    id: failed.getId(),
    properties: properties(failed.getProperties()),
    reasons: failed.getReasonsList(),
  };
}

function providerUrn(name: string): string {
  return `urn:pulumi:dev::host::pulumi:providers:alicloud-ens::${name}`;
}

function checked(response: messages.CheckResponse) {
  return { inputs: properties(response.getInputs()), failures: failures(response) };
}

function failures(response: { getFailuresList(): messages.CheckFailure[] }) {
  return response.getFailuresList().map((one) => ({ property: one.getProperty(), reason: one.getReason() }));
}

const kinds = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

function difference(response: messages.DiffResponse) {
  const details: Record<string, string> = {};
  response.getDetaileddiffMap().forEach((detail, path) => {
    details[path] = `${kinds[detail.getKind()]}${detail.getInputdiff() ? " of inputs" : ""}`;
  });
  return {
    changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
    replaces: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    details,
  };
}

function struct(value: Properties): Struct {
  return Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

function properties(value: Struct | undefined): Properties {
  return value?.toJavaScript() ?? {};
}
