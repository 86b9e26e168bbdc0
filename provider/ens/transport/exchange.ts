import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from "node:http";
import type { Agents } from "./agents";
import { cutOff } from "./cut-off";
import { untilAborted } from "./until-aborted";
import { type Send, through } from "./vendor-http";

/** What all calls of a process share. */
export interface Transport {
  readonly agents: Agents;
  /** Calls everything off. */
  readonly cancelled: AbortSignal;
}

/** What a call ends with that takes too long. */
export const outOfTime = new Error("out of time");

/**
 * One call by a library of the vendor's, and what of HTTP those do not let a caller say or see: which connections are
 * used, how long it may take on the wall clock (theirs are idle timeouts, which a reused socket can disarm), what
 * headers came.
 */
export class Exchange {
  readonly #transport: Transport;
  readonly #end = new AbortController();
  #headers: IncomingHttpHeaders = {};
  #status: number | undefined;
  #proxyStatus = 200;

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

  /** By which status a proxy answered when asked for a connection; 200 where there is none. */
  get proxyStatus(): number {
    return this.#proxyStatus;
  }

  /** Runs the call; ends it with {@link outOfTime} when it takes longer. */
  async run<T>(milliseconds: number, call: () => Promise<T>): Promise<T> {
    const { cancelled } = this.#transport;
    cancelled.throwIfAborted();
    const timer = setTimeout(() => this.#end.abort(outOfTime), milliseconds);
    const cancel = () => this.#end.abort(cancelled.reason);
    cancelled.addEventListener("abort", cancel, { once: true });
    try {
      return await untilAborted(this.#end.signal, () => through(this, call));
    } finally {
      clearTimeout(timer);
      cancelled.removeEventListener("abort", cancel);
    }
  }

  async send(send: Send, url: string, options: object): Promise<IncomingMessage> {
    const ours = { agent: this.#transport.agents.for(url), signal: this.#end.signal };
    const beforeRequest = (request: RequestOptions) => ({ ...request, ...ours });
    const response = await send(url, { ...options, beforeRequest });
    this.#headers = response.headers;
    this.#status = response.statusCode;
    cutOff(response);
    return response;
  }

  proxyAnswered(status: number): void {
    this.#proxyStatus = status;
  }
}
