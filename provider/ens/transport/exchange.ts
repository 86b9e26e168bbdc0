import type { Agent, IncomingHttpHeaders, IncomingMessage, RequestOptions } from "node:http";
import { get as plainGet } from "node:http";
import { get as secureGet } from "node:https";
import type { Agents } from "./agents";
import { cutOff } from "./cut-off";
import { compressed, OutOfTime } from "./failure";
import type { HttpProxy } from "./proxies";
import { untilAborted } from "./until-aborted";
import type { Send, SendOptions } from "./vendor-http";
import { withInterceptor } from "./vendor-http";

/** What all calls of a process share. */
export interface Transport {
  readonly agents: Agents;
  /** Cancels every call. */
  readonly cancelled: AbortSignal;
}

/**
 * One call by one of the vendor's libraries, with what they hide from a caller: which connections are used, how long
 * the call may take in all (their timeouts are idle timeouts, which a reused socket can disarm), and which headers
 * came.
 */
export class Exchange {
  readonly #transport: Transport;
  readonly #end = new AbortController();
  #headers: IncomingHttpHeaders = {};
  #status: number | undefined;
  #proxy: HttpProxy | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The headers of the last answer. */
  get headers(): IncomingHttpHeaders {
    return this.#headers;
  }

  /** The status of the last answer; `undefined` before there is one. */
  get status(): number | undefined {
    return this.#status;
  }

  /** The proxy that the last request went through. */
  get proxy(): HttpProxy | undefined {
    return this.#proxy;
  }

  /** Ends every request of the call. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Runs the call; ends it with {@link OutOfTime} when it takes longer, counted from the last progress. */
  async run<T>(milliseconds: number, call: () => Promise<T>): Promise<T> {
    const { cancelled } = this.#transport;
    cancelled.throwIfAborted();
    this.#endAfter(milliseconds);
    const cancel = () => this.#end.abort(cancelled.reason);
    cancelled.addEventListener("abort", cancel, { once: true });
    try {
      return await untilAborted(this.#end.signal, () => withInterceptor(this, call));
    } finally {
      clearTimeout(this.#timer);
      cancelled.removeEventListener("abort", cancel);
    }
  }

  /**
   * Notes that some of a body was sent or came: from now on, the call has so much time again.
   *
   * @param why - What is wrong when that is over, before the time. Default: that there is no answer.
   */
  progressed(milliseconds: number, why?: string): void {
    this.#endAfter(milliseconds, why);
  }

  #endAfter(milliseconds: number, why?: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end.abort(new OutOfTime(milliseconds, why)), milliseconds);
  }

  async send(send: Send, url: string, options: SendOptions): Promise<IncomingMessage> {
    const ours = this.#wayTo(url);
    let method: string | undefined;
    const beforeRequest = (request: RequestOptions) => {
      method = request.method;
      return { ...request, ...ours, headers: { ...request.headers, "accept-encoding": "identity" } };
    };
    const response = await send(url, { ...options, beforeRequest });
    this.#headers = response.headers;
    this.#status = response.statusCode;
    // httpx would unpack it, and a few bytes can become any number in memory.
    const encoding = response.headers["content-encoding"] ?? "identity";
    // The answer to HEAD tells how the object is kept, and has no body.
    if (encoding !== "identity" && method !== "HEAD") {
      response.destroy();
      throw Object.assign(new Error(), { code: compressed });
    }
    cutOff(response);
    return response;
  }

  /** Asks for what a URL names, whatever that is and however long; redirects are not followed. */
  async get(url: string): Promise<IncomingMessage> {
    const start = url.startsWith("https:") ? secureGet : plainGet;
    return new Promise((resolve, reject) => {
      start(url, this.#wayTo(url), resolve).on("error", reject);
    });
  }

  #wayTo(url: string): { readonly agent: Agent; readonly signal: AbortSignal } {
    const { agent, proxy } = this.#transport.agents.routeTo(url);
    this.#proxy = proxy;
    return { agent, signal: this.#end.signal };
  }
}
