import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import type { Endpoint } from "./endpoint";
import { EnsError } from "./errors";
import { type KeySource, type Keys, sameKeys, withoutKeys } from "./keys";
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
      /**
       * Asks the source of the keys anew; whether it gave others. Present when keys were refused that may have been
       * replaced: a session can expire or be revoked before its time, a key pair be rotated.
       */
      readonly renewKeys?: () => Promise<boolean>;
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

  constructor(options: RpcClientOptions) {
    this.#options = options;
  }

  /**
   * @param patience - Ends it earlier than the time of a call does, in milliseconds.
   * @throws CredentialsError, CancelledError
   */
  async call(
    action: string,
    query: Readonly<Record<string, string>>,
    patience = Number.POSITIVE_INFINITY,
  ): Promise<Reply> {
    const { timeout, keys, transport } = this.#options;
    // Outside the deadline: how long credentials may take is their source's affair, and so are its errors.
    const used = await keys.getKeys();
    const request = new OpenApiRequest({ query });
    const exchange = new Exchange(transport);
    const failure = (what: Failure, cause?: unknown): Reply => {
      const { proxy } = exchange;
      return { kind: "failure", ...what, cause, ...(proxy !== undefined ? { proxy } : {}) };
    };
    const refusal = (body: Body, statusCode: number): Reply => {
      const reply = readRefusal(body, statusCode, exchange, used);
      const keysRefused = /^Invalid(SecurityToken|AccessKeyId)/.test(reply.refusal.code);
      return keysRefused ? { ...reply, renewKeys: () => this.#renewKeys(used) } : reply;
    };
    try {
      const call = () => this.#sdk(used).callApi(this.#params(action), request, new RuntimeOptions({}));
      const answer = await exchange.run(Math.min(timeout, patience), call);
      const { statusCode, body } = answer as { statusCode: number; body: Readonly<Record<string, unknown>> };
      if (statusCode === 200) return isRefusal(body) ? refusal(body, 200) : { kind: "answer", body };
      // A redirect to another host would have to be signed anew for it, which is how keys are stolen.
      return failure({ why: `status ${statusCode}, which the API never answers`, transient: false });
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      const data = readErrorBody(error);
      if (data !== undefined) return refusal(data, data.statusCode);
      return failure(readUnanswered(error, exchange.status), error);
    }
  }

  async #renewKeys(refused: Keys): Promise<boolean> {
    const { keys } = this.#options;
    if (keys.discard === undefined) return false;
    keys.discard(refused);
    return !sameKeys(await keys.getKeys(), refused);
  }

  /** One for each attempt, so that it is known which keys were refused. */
  #sdk(keys: Keys): OpenApi {
    const { endpoint, timeout } = this.#options;
    return new OpenApi(
      new Config({
        ...keys,
        endpoint: endpoint.host,
        protocol: endpoint.protocol,
        userAgent: `pulumi-alicloud-ens/${packageVersion}`,
        // The exchange is to be first.
        readTimeout: 2 * timeout,
        connectTimeout: 2 * timeout,
      }),
    );
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

/** Whether what came with status 200 is a refusal, as a gateway in between can make it. */
function isRefusal({ Code, Message }: Body): boolean {
  return typeof Code === "string" && typeof Message === "string";
}

/** What an error answer said; the SDK's error for one is the only one that holds its body and its status. */
function readErrorBody(error: unknown): (Body & { readonly statusCode: number }) | undefined {
  const data = isRecord(error) ? error.data : undefined;
  return isRecord(data) && typeof data.statusCode === "number"
    ? { ...data, statusCode: data.statusCode }
    : undefined;
}

function readRefusal(
  body: Body,
  statusCode: number,
  { headers }: Exchange,
  used: Keys,
): Extract<Reply, { kind: "refusal" }> {
  const code = body.Code ?? body.code;
  const requestId = body.RequestId ?? body.requestId;
  const theirs = Date.parse(headers.date ?? "");
  const retryAfter = readRetryAfter(headers);
  const refusal: Refusal = {
    code: typeof code === "string" ? code : "",
    statusCode,
    message: withoutKeys(printable(body.Message ?? body.message), used),
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
