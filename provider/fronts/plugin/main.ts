#!/usr/bin/env node
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { packageVersion } from "../../ens/package-version";
import { endWithEngine } from "../end-with-engine";
import { Engine } from "./engine";
import { Plugin } from "./plugin";
import { resourceProviderService } from "./service";

/** For somebody who starts it by hand. The engine says where it listens. */
const forPeople =
  `This is the plugin alicloud-ens ${packageVersion}, which Pulumi starts by itself. It listens at that port of 127.0.0.1 ` +
  "until Ctrl-C. The command for people is pulumi-alicloud-ens.";

/** The resource plugin `alicloud-ens`: serves one provider to the engine that started it, and says at which port. */
function main(address = ""): void {
  const engine = new Engine();
  engine.connect(address);
  // A folder of very many files is one property.
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const server = new Server(unlimited);
  server.addService(ResourceProviderService, resourceProviderService(new Plugin(engine)));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    endWithEngine();
    process.stdout.write(`${port}\n`);
    if (address === "") process.stderr.write(`${forPeople}\n`);
  });
}

main(process.argv.slice(2).find((argument) => !argument.startsWith("-")));
