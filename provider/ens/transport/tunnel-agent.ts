import { request as plainRequest } from "node:http";
import type { AgentOptions } from "node:https";
import { Agent, request as secureRequest } from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import { connect } from "node:tls";
import type { HttpProxy } from "./proxies";
import { currentInterceptor } from "./vendor-http";

/** The error of a request whose proxy opened no connection. */
export class ProxyStatusError extends Error {
  /** The status that the proxy answered with. */
  readonly status: number;

  constructor(status: number) {
    super("the proxy opened no connection");
    this.status = status;
  }
}

/** Connects by TLS through a proxy, which learns the host and port of the other end and nothing else. */
export class TunnelAgent extends Agent {
  readonly #proxy: HttpProxy;

  constructor(proxy: HttpProxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(
    options: ConnectionOptions,
    callback: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    const { url, authorization } = this.#proxy;
    const { host = "" } = options;
    const target = `${isIP(host) === 6 ? `[${host}]` : host}:${options.port}`;
    const proxyHost = new URL(url).hostname;
    const signal = currentInterceptor()?.signal;
    const connectRequest = (url.startsWith("https:") ? secureRequest : plainRequest)(url, {
      method: "CONNECT",
      path: target,
      headers: {
        host: target,
        ...(authorization !== undefined ? { "proxy-authorization": authorization } : {}),
      },
      agent: false,
      // The proxy's name: by default, Node would take the name in the Host header.
      servername: isIP(proxyHost.replace(/^\[|\]$/g, "")) === 0 ? proxyHost : "",
      rejectUnauthorized: true,
      ...(signal !== undefined ? { signal } : {}),
    });
    connectRequest.once("connect", ({ statusCode = 0 }, socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.unshift(head);
        callback(null, connect({ ...options, socket }));
      } else {
        socket.destroy();
        callback(new ProxyStatusError(statusCode));
      }
    });
    connectRequest.once("error", callback);
    connectRequest.end();
  }
}
