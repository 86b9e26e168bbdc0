import { type IncomingMessage, request as plainRequest, type RequestOptions } from "node:http";
import { request as secureRequest } from "node:https";
import { TLSSocket } from "node:tls";
import { codeOf } from "../../provider/ens/code-of";
import { printable } from "../../provider/ens/text/printable";
import { Exchange, type Transport } from "../../provider/ens/transport/exchange";
import { isOfCertificate, readFailure } from "../../provider/ens/transport/failure";
import type { HttpProxy } from "../../provider/ens/transport/proxies";
import type { Send } from "../../provider/ens/transport/vendor-http";

/** The result of a request without credentials. */
export type Probe = {
  /** The proxy on the way. */
  readonly proxy?: HttpProxy;
} & (
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: IncomingMessage["headers"];
      /** `192.0.2.1, TLSv1.3, 34 ms` */
      readonly how: string;
      readonly durationMs: number;
    }
  | {
      readonly kind: "failure";
      readonly why: string;
      /** What to do about it, where that is known; without a dot at its end. */
      readonly remedy?: string;
      /** Whether the failure was beyond the proxy, at the server that answers there. */
      readonly beyondProxy: boolean;
      /** Whether nothing listens there. */
      readonly refused: boolean;
    }
);

/** Asks a URL in the way of calls: through the same proxy, with certificates verified, and a limit of time. */
export async function probe(
  url: string,
  request: Pick<RequestOptions, "method" | "headers">,
  transport: Transport,
  timeout: number,
): Promise<Probe> {
  const exchange = new Exchange(transport);
  const started = performance.now();
  const send = sendOnce(request);
  const result = await exchange
    .run(timeout, () => exchange.send(send, url, {}))
    .then(
      (response) => {
        const durationMs = Math.round(performance.now() - started);
        const { statusCode: status = 0, headers } = response;
        const how = describeWay(response, exchange.proxy !== undefined, durationMs);
        response.destroy();
        return { kind: "answer", status, headers, how, durationMs } as const;
      },
      (error: unknown) => {
        const refused = codeOf(error) === "ECONNREFUSED";
        return { kind: "failure", refused, ...explain(error) } as const;
      },
    );
  return { ...result, ...(exchange.proxy !== undefined ? { proxy: exchange.proxy } : {}) };
}

function sendOnce(request: RequestOptions): Send {
  return (url, { beforeRequest = (asItIs) => asItIs }) =>
    new Promise((resolve, reject) => {
      const makeRequest = url.startsWith("https:") ? secureRequest : plainRequest;
      const outgoing = makeRequest(url, beforeRequest(request));
      outgoing.once("response", resolve);
      outgoing.once("error", reject);
      outgoing.end();
    });
}

function describeWay({ socket }: IncomingMessage, isProxied: boolean, durationMs: number): string {
  const address = isProxied ? undefined : socket.remoteAddress;
  const tls = socket instanceof TLSSocket ? socket.getProtocol() : undefined;
  return [address, tls, `${durationMs} ms`].filter(Boolean).join(", ");
}

function explain(error: unknown): { why: string; remedy?: string; beyondProxy: boolean } {
  const unknown = `the connection failed (${printable(codeOf(error), 60) || "no reason given"})`;
  const { why = unknown, remedy } = readFailure(error) ?? {};
  return { why, ...(remedy !== undefined ? { remedy } : {}), beyondProxy: isOfCertificate(error) };
}
