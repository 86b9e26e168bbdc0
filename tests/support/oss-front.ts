import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Identity } from "./certificates";

/** What stands between a client of OSS and an S3 server of this machine. */
export interface OssFront {
  /** For `HTTPS_PROXY`: whatever host is asked for is here. */
  readonly proxy: string;
  /** The requests that came: host, method, path and headers. */
  readonly requests: readonly Pick<IncomingMessage, "method" | "url" | "headers">[];
  stop(): void;
}

/** Takes requests for `<bucket>.oss-<region>.aliyuncs.com`, by https, to the S3 server on `port`. */
export async function startOssFront(port: number, identity: Identity): Promise<OssFront> {
  const requests: IncomingMessage[] = [];
  const storage = createTlsServer(identity, (incoming, response) => {
    requests.push(incoming);
    forward(incoming, response, port);
  });
  const proxy = createServer();
  proxy.on("connect", (_request, socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    storage.emit("connection", socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    stop: () => {
      storage.closeAllConnections();
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

/** The bucket goes from the host, where OSS wants it, into the path, where a server without a domain has it. */
function forward(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const [bucket = ""] = (incoming.headers.host ?? "").split(".");
  const outgoing = request(
    {
      host: "127.0.0.1",
      port,
      method: incoming.method,
      path: `/${bucket}${incoming.url}`,
      headers: { ...incoming.headers, host: `127.0.0.1:${port}` },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  outgoing.on("error", () => response.destroy());
  incoming.pipe(outgoing);
}
