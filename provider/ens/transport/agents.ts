import { type Agent, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { type HttpProxy, type Proxies, proxyFor } from "./proxies";
import { currentMiddle } from "./vendor-http";

/** Certificates are always verified: `NODE_TLS_REJECT_UNAUTHORIZED=0`, set for something else, must not give keys away. */
const options = { keepAlive: true, rejectUnauthorized: true };

/** The connections of a process, directly or through the proxies of its environment. */
export class Agents {
  readonly #proxies: Proxies;
  readonly #made = new Map<string, Agent>();

  constructor(proxies: Proxies) {
    this.#proxies = proxies;
  }

  /** What connects to where `url` points. */
  for(url: string): Agent {
    const { protocol } = new URL(url);
    const proxy = this.proxyFor(url);
    const name = `${protocol} ${proxy?.url ?? "direct"}`;
    const agent = this.#made.get(name) ?? makeAgent(protocol, proxy);
    this.#made.set(name, agent);
    return agent;
  }

  /** The proxy on the way to `url`; `undefined` when there is none. */
  proxyFor(url: string): HttpProxy | undefined {
    return proxyFor(new URL(url), this.#proxies);
  }
}

function makeAgent(protocol: string, proxy: HttpProxy | undefined): Agent {
  const secure = protocol === "https:";
  if (proxy === undefined) return secure ? new HttpsAgent(options) : new HttpAgent(options);
  const { url, authorization } = proxy;
  // Apart from the URL, since the agents' debug output prints that.
  const headers = authorization === undefined ? {} : { "Proxy-Authorization": authorization };
  if (!secure) return new HttpProxyAgent(url, { ...options, headers });
  const agent = new HttpsProxyAgent(url, { ...options, headers });
  agent.on("proxyConnect", ({ statusCode }: { readonly statusCode: number }) => {
    currentMiddle()?.proxyAnswered(statusCode);
  });
  return agent;
}
