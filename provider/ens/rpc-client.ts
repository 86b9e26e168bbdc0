import Credential from "@alicloud/credentials";
import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import type { Endpoint } from "./endpoint";
import { EnsError } from "./errors";
import type { KeySource } from "./keys";
import { packageVersion } from "./package-version";
import { printable } from "./printable";
import { Exchange, type Transport } from "./transport/exchange";
import { type Failure, readFailure } from "./transport/failure";
import type { HttpProxy } from "./transport/proxies";
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
  | ({
      readonly kind: "failure";
      /** The proxy on the way. */
      readonly proxy?: HttpProxy;
      readonly cause?: unknown;
    } & Failure);

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
        // The exchange is to be first.
        readTimeout: 2 * options.timeout,
        connectTimeout: 2 * options.timeout,
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
    const failure = (what: Failure, cause?: unknown): Reply => {
      const { proxy } = exchange;
      return { kind: "failure", ...what, cause, ...(proxy !== undefined ? { proxy } : {}) };
    };
    try {
      const call = () => this.#sdk.callApi(this.#params(action), request, new RuntimeOptions({}));
      const answer = await exchange.run(timeout, call);
      const { statusCode, body } = answer as { statusCode: number; body: Readonly<Record<string, unknown>> };
      if (statusCode === 200) return readBody(body, exchange);
      // A redirect to another host would have to be signed anew for it, which is how keys are stolen.
      return failure({ why: `status ${statusCode}, which the API never answers`, transient: false });
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      const data = readErrorBody(error);
      if (data !== undefined) return refused(data, data.statusCode, exchange);
      return failure(readUnanswered(error, exchange.status), error);
    }
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

/** Why there was no answer. */
function readUnanswered(error: unknown, status: number | undefined): Failure {
  if (error instanceof SyntaxError) {
    return {
      why: `what came (status ${status}) is not JSON, so something other than the API answered`,
      transient: true,
    };
  }
  // The connection's own errors are known; another is the SDK's, about what it read.
  const came = `what came (status ${status}) is no answer of the API`;
  return (
    readFailure(error) ?? { why: status === undefined ? "the connection failed" : came, transient: true }
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
