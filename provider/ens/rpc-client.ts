import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import type { Service } from "./action";
import type { Endpoint } from "./endpoint";
import { errorCodeOf } from "./error-codes";
import { EnsError } from "./errors";
import { isRecord } from "./is-record";
import { type KeySource, type Keys, sameKeys, withoutKeys } from "./keys";
import { packageVersion } from "./package-version";
import { printable } from "./printable";
import { Exchange, type Transport } from "./transport/exchange";
import { type Failure, readFailure } from "./transport/failure";
import type { HttpProxy } from "./transport/proxies";
import { readRetryAfter } from "./transport/retry-after";

type Body = Readonly<Record<string, unknown>>;

/** An answer that is an error. Its texts are the network's: print them only through `printable`. */
export interface ErrorAnswer {
  readonly kind: "errorAnswer";
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
  readonly requestId?: string;
  /** How far this machine's clock is ahead of the service's, in seconds, where the answer had a date. */
  readonly skew?: number;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter?: number;
  /**
   * Asks the source of the keys again; whether it gave others. Present when keys were refused that may have been
   * replaced: a session can expire or be revoked before its time, a key pair be rotated.
   */
  readonly renewKeys?: () => Promise<boolean>;
}

/** No answer, or none that can be used. */
export interface NoAnswer extends Failure {
  readonly kind: "noAnswer";
  /** The proxy on the way. */
  readonly proxy?: HttpProxy;
  readonly cause?: unknown;
}

/** What came of one attempt. */
export type AttemptResult = { readonly kind: "answer"; readonly body: Body } | ErrorAnswer | NoAnswer;

/** How to reach one service's API. */
export interface RpcClientOptions {
  readonly service: Service;
  readonly endpoint: Endpoint;
  readonly keys: KeySource;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly transport: Transport;
}

/** Sends RPC-style calls, signed with ACS3. Each is one attempt; see `retry/` for more. */
export class RpcClient {
  readonly #options: RpcClientOptions;

  constructor(options: RpcClientOptions) {
    this.#options = options;
  }

  /**
   * The keys for the next attempt. How long these may take is their source's affair.
   *
   * @throws CredentialsError, CancelledError
   */
  getKeys(): Promise<Keys> {
    return this.#options.keys.getKeys();
  }

  /**
   * @param remainingMs - Ends the attempt earlier than its own time does.
   * @throws CancelledError
   */
  async send(
    action: string,
    parameters: Readonly<Record<string, string>>,
    keys: Keys,
    remainingMs: number,
  ): Promise<AttemptResult> {
    const { timeoutMs, transport } = this.#options;
    const request = new OpenApiRequest({ query: parameters });
    const exchange = new Exchange(transport);
    try {
      const call = () => this.#sdk(keys).callApi(this.#params(action), request, new RuntimeOptions({}));
      const answer = await exchange.run(Math.min(timeoutMs, remainingMs), call);
      const { statusCode, body } = isRecord(answer) ? answer : {};
      if (statusCode === 200 && isRecord(body)) {
        return isError(body) ? this.#errorAnswer(body, 200, exchange, keys) : { kind: "answer", body };
      }
      // A redirect to another host would have to be signed again for it, which is how keys are stolen.
      const why = `status ${statusCode}, which the API never answers`;
      return noAnswer({ why, transient: false, mayHaveArrived: true }, exchange);
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      const body = readErrorBody(error);
      if (body !== undefined) return this.#errorAnswer(body, body.statusCode, exchange, keys);
      return noAnswer(readUnanswered(error, exchange.status), exchange, error);
    }
  }

  #errorAnswer(body: Body, statusCode: number, exchange: Exchange, used: Keys): ErrorAnswer {
    const answer = readErrorAnswer(body, statusCode, exchange, used);
    if (!errorCodeOf(answer.code, statusCode).renewKeys) return answer;
    return { ...answer, renewKeys: () => this.#renewKeys(used) };
  }

  async #renewKeys(refused: Keys): Promise<boolean> {
    const { keys } = this.#options;
    if (keys.discard === undefined) return false;
    keys.discard(refused);
    return !sameKeys(await keys.getKeys(), refused);
  }

  /** One for each attempt, so that it is known which keys were refused. */
  #sdk(keys: Keys): OpenApi {
    const { endpoint, timeoutMs } = this.#options;
    return new OpenApi(
      new Config({
        accessKeyId: keys.accessKeyId,
        accessKeySecret: keys.accessKeySecret,
        ...(keys.securityToken !== undefined ? { securityToken: keys.securityToken } : {}),
        endpoint: endpoint.host,
        protocol: endpoint.protocol,
        userAgent: `pulumi-alicloud-ens/${packageVersion}`,
        // The exchange's own deadline is to be first.
        readTimeout: 2 * timeoutMs,
        connectTimeout: 2 * timeoutMs,
      }),
    );
  }

  #params(action: string): Params {
    return new Params({
      action,
      version: this.#options.service.version,
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

/** Whether what came with status 200 is an error, as a gateway on the way can make it. */
function isError({ Code, Message }: Body): boolean {
  return typeof Code === "string" && typeof Message === "string";
}

/** What an error answer said; the SDK's error for one is the only one that holds its body and its status. */
function readErrorBody(error: unknown): (Body & { readonly statusCode: number }) | undefined {
  const data = error instanceof Error ? Reflect.get(error, "data") : undefined;
  return isRecord(data) && typeof data.statusCode === "number"
    ? { ...data, statusCode: data.statusCode }
    : undefined;
}

function readErrorAnswer(body: Body, statusCode: number, { headers }: Exchange, used: Keys): ErrorAnswer {
  const code = body.Code ?? body.code;
  const requestId = body.RequestId ?? body.requestId;
  const theirs = Date.parse(headers.date ?? "");
  const retryAfter = readRetryAfter(headers);
  return {
    kind: "errorAnswer",
    code: typeof code === "string" ? code : "",
    statusCode,
    message: withoutKeys(printable(body.Message ?? body.message), used),
    ...(typeof requestId === "string" ? { requestId } : {}),
    ...(Number.isNaN(theirs) ? {} : { skew: Math.round((Date.now() - theirs) / 1000) }),
    ...(retryAfter !== undefined ? { retryAfter } : {}),
  };
}

function noAnswer(failure: Failure, { proxy }: Exchange, cause?: unknown): NoAnswer {
  return { kind: "noAnswer", ...failure, cause, ...(proxy !== undefined ? { proxy } : {}) };
}

/** Why there was no answer. */
function readUnanswered(error: unknown, status: number | undefined): Failure {
  if (error instanceof SyntaxError) {
    return {
      why: `what came (status ${status}) is not JSON, so something other than the API answered`,
      transient: true,
      mayHaveArrived: true,
    };
  }
  const failure = readFailure(error);
  if (failure !== undefined) return failure;
  // The connection's own errors are known; another is the SDK's, about what it read.
  const why =
    status === undefined ? "the connection failed" : `what came (status ${status}) is no answer of the API`;
  return { why, transient: true, mayHaveArrived: true };
}
