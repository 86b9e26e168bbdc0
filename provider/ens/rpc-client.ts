import Credential from "@alicloud/credentials";
import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import { type Endpoint, endpointUrl } from "./endpoint";
import { EnsError } from "./errors";
import type { KeySource } from "./keys";
import { packageVersion } from "./package-version";
import { printable } from "./printable";
import { tooLong } from "./transport/cut-off";
import { Exchange, outOfTime, type Transport } from "./transport/exchange";
import { readRetryAfter } from "./transport/retry-after";

/** An error code that the service answered. Its texts are the network's: print them only through `printable`. */
export interface Refusal {
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
  readonly requestId?: string;
  /** How far this machine's clock is ahead of the service's, in seconds, where the answer had a date. */
  readonly skew?: number;
}

/** What came of one attempt. */
export type Reply =
  | { readonly kind: "answer"; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "refusal";
      readonly refusal: Refusal;
      /** How long the service asks to wait, in milliseconds. */
      readonly retryAfter?: number;
    }
  | {
      readonly kind: "failure";
      /** Why there was no usable answer, in words that hold nothing secret. */
      readonly why: string;
      /** The proxy on the way: `http://proxy.example.com:3128 (HTTPS_PROXY)`. */
      readonly proxy?: string;
      readonly cause?: unknown;
      /** Whether another attempt may go better. */
      readonly transient: boolean;
    };

/** How to reach one product's API. */
export interface RpcClientOptions {
  readonly endpoint: Endpoint;
  /** The version of the product's API, e.g. `2017-11-10`. */
  readonly version: string;
  readonly keys: KeySource;
  /** How long one call may take, in milliseconds. */
  readonly timeout: number;
  readonly transport: Transport;
}

/** Calls RPC-style actions, signed with ACS3. Every call is one attempt; see `retry/` for more. */
export class RpcClient {
  readonly #options: RpcClientOptions;
  readonly #sdk: OpenApi;

  constructor(options: RpcClientOptions) {
    this.#options = options;
    const provider = { getCredentials: () => options.keys.getKeys(), getProviderName: () => "" };
    this.#sdk = new OpenApi(
      new Config({
        // The SDK signs with what its own Credential class gives it.
        credential: new Credential(null, provider),
        endpoint: options.endpoint.host,
        protocol: options.endpoint.protocol,
        userAgent: `pulumi-alicloud-ens/${packageVersion}`,
        readTimeout: options.timeout,
        connectTimeout: options.timeout,
      }),
    );
  }

  /** @throws CredentialsError, CancelledError */
  async call(action: string, query: Readonly<Record<string, string>>): Promise<Reply> {
    const { timeout, keys, transport } = this.#options;
    // Outside the deadline: how long credentials may take is their source's affair, and so are its errors.
    await keys.getKeys();
    const request = new OpenApiRequest({ query });
    const exchange = new Exchange(transport);
    try {
      const call = () => this.#sdk.callApi(this.#params(action), request, new RuntimeOptions({}));
      const answer = await exchange.run(timeout, call);
      const { statusCode, body } = answer as { statusCode: number; body: Readonly<Record<string, unknown>> };
      if (exchange.proxyStatus !== 200) return this.#failure(readProxyStatus(exchange.proxyStatus));
      if (statusCode === 200) return readBody(body, exchange);
      // A redirect to another host would have to be signed anew for it, which is how keys are stolen.
      return this.#failure({ why: `status ${statusCode}, which the API never answers`, transient: false });
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      // What came was then the proxy's.
      if (exchange.proxyStatus !== 200) return this.#failure(readProxyStatus(exchange.proxyStatus));
      if (error === outOfTime) {
        return this.#failure({ why: `no answer within ${timeout / 1000} s`, transient: true });
      }
      const data = readErrorBody(error);
      if (data !== undefined) return refused(data, data.statusCode, exchange);
      return this.#failure({ ...readFailure(error, exchange.status), cause: error });
    }
  }

  #failure(failure: Failure): Reply {
    const { transport, endpoint } = this.#options;
    const proxy = transport.agents.proxyFor(endpointUrl(endpoint));
    return {
      kind: "failure",
      ...failure,
      ...(proxy !== undefined ? { proxy: `${proxy.url} (${proxy.from})` } : {}),
    };
  }

  #params(action: string): Params {
    return new Params({
      action,
      version: this.#options.version,
      protocol: this.#options.endpoint.protocol,
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
  }
}

type Body = Readonly<Record<string, unknown>>;

/** A gateway in between can turn the status of a refusal into 200; what the body says counts. */
function readBody(body: Body, exchange: Exchange): Reply {
  const { Code, Message } = body;
  const isRefusal = typeof Code === "string" && typeof Message === "string";
  return isRefusal ? refused(body, 200, exchange) : { kind: "answer", body };
}

/** What an error answer said; the SDK's error for one is the only one that holds its body and its status. */
function readErrorBody(error: unknown): (Body & { readonly statusCode: number }) | undefined {
  const data = isRecord(error) ? error.data : undefined;
  return isRecord(data) && typeof data.statusCode === "number"
    ? { ...data, statusCode: data.statusCode }
    : undefined;
}

function refused(body: Body, statusCode: number, { headers }: Exchange): Reply {
  const code = body.Code ?? body.code;
  const requestId = body.RequestId ?? body.requestId;
  const theirs = Date.parse(headers.date ?? "");
  const retryAfter = readRetryAfter(headers);
  const refusal: Refusal = {
    code: typeof code === "string" ? code : "",
    statusCode,
    message: printable(body.Message ?? body.message),
    ...(typeof requestId === "string" ? { requestId } : {}),
    ...(Number.isNaN(theirs) ? {} : { skew: Math.round((Date.now() - theirs) / 1000) }),
  };
  return { kind: "refusal", refusal, ...(retryAfter !== undefined ? { retryAfter } : {}) };
}

const transportCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was closed",
  EHOSTUNREACH: "the host is unreachable",
  ENETUNREACH: "the network is unreachable",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  ETIMEDOUT: "the connection timed out",
};

type Failure = Pick<Extract<Reply, { kind: "failure" }>, "why" | "transient" | "cause">;

/** Why there was no answer, in our words: the SDK's hold the whole URL. */
function readFailure(error: unknown, status: number | undefined): Failure {
  if (error instanceof SyntaxError) {
    return {
      why: `what came (status ${status}) is not JSON, so something other than the API answered`,
      transient: true,
    };
  }
  if (!isRecord(error)) return { why: "the connection failed", transient: true };
  if (error.name === "RequestTimeoutError") return { why: "no answer in time", transient: true };
  const code = typeof error.code === "string" ? printable(error.code, 60) : "";
  if (code === tooLong) return { why: "the answer is longer than any of the API", transient: false };
  const known = transportCodes[code];
  if (known !== undefined) return { why: `${known} (${code})`, transient: true };
  if (code === "") {
    // The connection's own errors have a code; this is the SDK's, about what it read.
    const came = `what came (status ${status}) is no answer of the API`;
    return { why: status === undefined ? "the connection failed" : came, transient: true };
  }
  // What is left of the codes are those of TLS: a certificate does not become right by asking again.
  const why = /CERT|ISSUER|LEAF_SIGNATURE/.test(code)
    ? `its certificate is not one that this machine trusts (${code}); where a proxy or an authority of your own signs, ` +
      "name the file of its certificate in NODE_EXTRA_CA_CERTS"
    : `the connection failed (${code})`;
  return { why, transient: false };
}

/** Why a proxy opened no connection. */
function readProxyStatus(status: number): Failure {
  if (status === 407) {
    return {
      why: "the proxy wants a user and a password (407), in its URL: http://user:password@proxy.example.com:3128",
      transient: false,
    };
  }
  return { why: `the proxy opened no connection (${status})`, transient: status >= 500 };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
