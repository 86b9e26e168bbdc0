import type { handleUnaryCall } from "@grpc/grpc-js";
import { Metadata, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaResponse, ProviderHandshakeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EnsError } from "../../ens/errors";
import { packageVersion } from "../../ens/package-version";
import { check } from "./check";
import { checkConfig, configure, diffConfig } from "./configuration";
import { diff } from "./diff";
import { invoke } from "./invoke";
import { create, read, remove, update } from "./lifecycle-calls";
import { KeptPart } from "./partial-failure";
import type { Plugin } from "./plugin";
import { readSchema } from "./schema";

/** The service of a resource plugin. What it does not have is answered "unimplemented", as the engine expects. */
export function resourceProviderService(plugin: Plugin) {
  const answering = <Request, Response>(
    work: (request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> => {
    return async ({ request }, callback) => {
      try {
        const response = await work(request);
        await plugin.engine.flushed();
        callback(null, response);
      } catch (error) {
        await plugin.engine.flushed();
        callback(shown(error));
      }
    };
  };
  return {
    handshake: answering((request) => {
      plugin.engine.connect(request.getEngineAddress());
      const response = new ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    getSchema: answering(() => {
      const response = new GetSchemaResponse();
      response.setSchema(readSchema());
      return response;
    }),
    checkConfig: answering((request) => checkConfig(plugin, request)),
    diffConfig: answering((request) => diffConfig(request)),
    configure: answering((request) => configure(plugin, request)),
    check: answering((request) => check(plugin, request)),
    diff: answering((request) => diff(plugin, request)),
    create: answering((request) => create(plugin, request)),
    read: answering((request) => read(plugin, request)),
    update: answering((request) => update(plugin, request)),
    delete: answering((request) => remove(plugin, request)),
    invoke: answering((request) => invoke(plugin, request)),
    cancel: answering(() => {
      plugin.cancel();
      return new Empty();
    }),
    getPluginInfo: answering(() => {
      const response = new PluginInfo();
      response.setVersion(packageVersion);
      return response;
    }),
    attach: answering((request) => {
      plugin.engine.connect(request.getAddress());
      return new Empty();
    }),
  } satisfies Partial<IResourceProviderServer>;
}

/** An error as the engine shows it: its message. Only one that nobody expected has a stack, for `--debug`. */
function shown(error: unknown) {
  if (!EnsError.isInstance(error) && !(error instanceof KeptPart)) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  }
  const message = error instanceof Error ? error.message : String(error);
  const metadata = error instanceof KeptPart ? error.metadata : new Metadata();
  return { code: status.UNKNOWN, details: message, metadata };
}
