import { mkdirSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerControl, isControl } from "./control-api";
import { ObjectStorage } from "./eos";
import { ObjectStore } from "./eos/object-store";
import { answerCall } from "./gateway";
import { isCall } from "./gateway/call";
import { checkFault } from "./gateway/check-fault";
import type { Emulator } from "./handle";
import { apiHost, isAddress, isLoopback, objectHost, ownHosts } from "./hosts";
import type { EmulatorOptions } from "./options";
import { BucketFile } from "./world/bucket-file";
import type { SeenRequest } from "./world/seen-request";
import { World } from "./world/world";

/**
 * Starts an emulator of ENS, of STS and of the object storage behind ENS, all on one port of this machine.
 *
 * @throws When the port is taken, or an option cannot be.
 *
 * @example
 * ```ts
 * import { startEmulator } from "pulumi-alicloud-ens/emulator";
 *
 * async function main() {
 *   const emulator = await startEmulator({ buckets: ["media-assets"] });
 *   console.log(emulator.url, emulator.buckets.get("media-assets"));
 *   emulator.move("media-assets");
 *   await emulator.stop();
 * }
 *
 * main();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const host = options.host ?? "127.0.0.1";
  if (options.allowRemote !== true && !isLoopback(host)) {
    throw new Error(
      `host ${host} lets other machines in; set allowRemote (--allow-remote) if that is meant.`,
    );
  }
  const kept = openFolder(options.dataDir);
  const server = createServer();
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  const port = await listen(server, options.port ?? 0, host);
  const objectEndpoint = objectHost(host, port);
  let world: World;
  try {
    world = new World(options, { objectEndpoint, ...kept });
  } catch (error) {
    server.close();
    throw error;
  }
  const storage = new ObjectStorage(world);
  const url = `http://${apiHost(host, port)}`;
  const own = ownHosts(host, port);

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("date", world.now().toUTCString());
    if (isControl(request)) return answerControl(request, response, emulator, own);
    const called = request.headers.host ?? "";
    const seen = isCall(request)
      ? await answerCall(request, response, world)
      : await storage.answer(request, response, isAddress(called) ? [...own, called] : own);
    world.requests.push(seen);
    options.log?.(logLine(seen));
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      options.log?.(
        `a request could not be answered: ${error instanceof Error ? error.message : String(error)}`,
      );
      response.destroy();
    });
  });

  const account = world.accounts.first;
  const emulator: Emulator = {
    url,
    port,
    objectEndpoint,
    environment: {
      ALICLOUD_ACCESS_KEY: account?.accessKeyId ?? "",
      ALICLOUD_SECRET_KEY: account?.accessKeySecret ?? "",
      ...(account?.securityToken !== undefined ? { ALICLOUD_SECURITY_TOKEN: account.securityToken } : {}),
      ALIBABA_CLOUD_ENDPOINT_ENS: url,
      ALIBABA_CLOUD_ENDPOINT_STS: url,
    },
    buckets: world.buckets.byName,
    requests: world.requests,
    get connections() {
      return connections;
    },
    clearRequests: () => {
      world.requests.length = 0;
    },
    addBucket: (bucket) => world.buckets.add(bucket),
    removeBucket: (name) => world.buckets.remove(name),
    move: (name, to) => world.buckets.move(name, to),
    setRules: (changes) => world.rules.change(changes),
    setAccount: (changed) => world.accounts.set(changed),
    fail: (fault) => {
      checkFault(fault);
      world.faults.add(fault);
    },
    clearFaults: () => world.faults.clear(),
    stop: async () => {
      await stop(server);
      world.spool.close();
    },
  };
  return emulator;
}

/** What is kept in a folder; without one, nothing is. */
function openFolder(dataDir: string | undefined): {
  readonly objects: ObjectStore;
  readonly bucketFile: BucketFile;
} {
  try {
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
    return { objects: new ObjectStore(dataDir), bucketFile: new BucketFile(dataDir) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`dataDir (--data-dir) ${dataDir} cannot hold objects: ${reason}.`, { cause: error });
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`port ${port} of ${host} is taken; choose another (--port), or 0 for a free one.`, {
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // An error here means that it was stopped before, which is what was asked for.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** One request in a line; what it holds is printable and no secret. */
function logLine({ service, action, bucketName, clientIp, status, code, requestId }: SeenRequest): string {
  const about = [bucketName, clientIp && `for ${clientIp}`].filter(Boolean).join(" ");
  const line = `${service} ${action} ${about} → ${status}${code === undefined ? "" : ` ${code}`} ${requestId}`;
  return line.replace(/[\p{Cc}\p{Cf}]/gu, "?").replace(/ +/g, " ");
}
