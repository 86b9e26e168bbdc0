import type { Agent } from "node:http";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { HttpProxyAgent } from "http-proxy-agent";
import type { HttpProxy, Proxies } from "./proxies";
import { proxyFor } from "./proxies";
import { TunnelAgent } from "./tunnel-agent";

/** Certificates are always verified: a `NODE_TLS_REJECT_UNAUTHORIZED=0` for other programs must not give keys away. */
const options = { keepAlive: true, rejectUnauthorized: true };

/** The way to a URL. */
export interface Route {
  readonly agent: Agent;
  readonly proxy?: HttpProxy;
}

/** The connections of a process, directly or through the proxies of its environment. */
export class Agents {
  readonly #proxies: Proxies;
  readonly #routes = new Map<string, Route>();

  constructor(proxies: Proxies) {
    this.#proxies = proxies;
  }

  routeTo(url: string): Route {
    const { protocol, hostname, port } = new URL(url);
    const proxy = proxyFor({ protocol, hostname, port }, this.#proxies);
    const name = `${protocol} ${proxy?.url ?? "direct"}`;
    const route = this.#routes.get(name) ?? makeRoute(protocol, proxy);
    this.#routes.set(name, route);
    return route;
  }
}

function makeRoute(protocol: string, proxy: HttpProxy | undefined): Route {
  const secure = protocol === "https:";
  if (proxy === undefined) return { agent: secure ? new HttpsAgent(options) : new HttpAgent(options) };
  if (secure) return { agent: new TunnelAgent(proxy, options), proxy };
  const { url, authorization } = proxy;
  // Not in the URL, since the agent's debug output prints that.
  const headers = authorization === undefined ? {} : { "Proxy-Authorization": authorization };
  return { agent: new HttpProxyAgent(url, { ...options, headers }), proxy };
}
