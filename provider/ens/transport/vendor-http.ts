import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, RequestOptions } from "node:http";
import { httpxCopies } from "./httpx-copies";

/** The option of httpx that can change a request last, before Node sends it. */
export interface SendOptions {
  readonly beforeRequest?: (request: RequestOptions) => RequestOptions;
}

/** How the vendor's HTTP client, httpx, sends a request. */
export type Send = (url: string, options: SendOptions) => Promise<IncomingMessage>;

/** Stands between a library of the vendor's and httpx, and sends the library's requests. */
interface Interceptor {
  send(send: Send, url: string, options: SendOptions): Promise<IncomingMessage>;
  /** Ends these requests. */
  readonly signal: AbortSignal;
}

const current = new AsyncLocalStorage<Interceptor>();

/** Runs a call of the vendor's; `interceptor` sends all its requests. */
export function withInterceptor<T>(interceptor: Interceptor, call: () => Promise<T>): Promise<T> {
  return current.run(interceptor, call);
}

/** The interceptor of the call that is running. */
export function currentInterceptor(): Interceptor | undefined {
  return current.getStore();
}

/** Intercepts what the vendor's libraries send. Requests outside of a call pass as they are. */
function intercept(): void {
  for (const httpx of httpxCopies()) {
    const send = httpx.request;
    httpx.request = (url, options) => currentInterceptor()?.send(send, url, options) ?? send(url, options);
  }
}

intercept();
