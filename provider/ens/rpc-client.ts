import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import type { Action, Service } from "./action";
import type { AttemptResult, Body, ErrorAnswer } from "./attempt-result";
import { errorAnswer, noAnswer, withRenewal } from "./attempt-result";
import type { Endpoint } from "./endpoint";
import { EnsError } from "./errors";
import { isRecord } from "./is-record";
import type { KeySource, Keys } from "./keys";
import { keyParts } from "./keys";
import { packageVersion } from "./package-version";
import type { Transport } from "./transport/exchange";
import { Exchange } from "./transport/exchange";
import type { Failure } from "./transport/failure";
import { readFailure } from "./transport/failure";

/** How to reach one service's API. */
export interface RpcClientOptions {
  readonly service: Service;
  readonly endpoint: Endpoint;
  /** Left out where all calls are unsigned. */
  readonly keys?: KeySource;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly transport: Transport;
}

/** What a call needs to know of its action. */
export type CalledAction = Pick<Action<never, unknown>, "name" | "unsigned" | "secretParameters">;

/** Sends RPC-style calls, signed with ACS3 unless they are unsigned. Each is one attempt; see `retry/` for more. */
export class RpcClient {
  readonly #options: RpcClientOptions;

  constructor(options: RpcClientOptions) {
    this.#options = options;
  }

  /**
   * The keys for the next attempt. Their source limits how long that may take.
   *
   * @throws CredentialsError, CancelledError
   */
  async getKeys(): Promise<Keys | undefined> {
    return this.#options.keys?.getKeys();
  }

  /**
   * @param remainingMs - Ends the attempt, where that is earlier than its own timeout.
   * @throws CancelledError
   */
  async send(
    action: CalledAction,
    parameters: Readonly<Record<string, string>>,
    keys: Keys | undefined,
    remainingMs: number,
  ): Promise<AttemptResult> {
    const { timeoutMs, transport } = this.#options;
    const { secretParameters = [] } = action;
    const isSecret = ([name]: readonly [string, string]) => secretParameters.includes(name);
    const given = Object.entries(parameters);
    const secrets = Object.fromEntries(given.filter(isSecret));
    const request = new OpenApiRequest({
      query: Object.fromEntries(given.filter((one) => !isSecret(one))),
      ...(secretParameters.length > 0 ? { body: secrets } : {}),
    });
    const used = {
      keys,
      secrets: [...(keys === undefined ? [] : keyParts(keys)), ...Object.values(secrets)],
    };
    const exchange = new Exchange(transport);
    try {
      const call = () => this.#sdk(keys).callApi(this.#params(action), request, new RuntimeOptions({}));
      const answer = await exchange.run(Math.min(timeoutMs, remainingMs), call);
      const { statusCode, body } = isRecord(answer) ? answer : {};
      if (statusCode === 200 && isRecord(body)) {
        return isError(body) ? this.#errorAnswer(body, 200, exchange, used) : { kind: "answer", body };
      }
      // A redirect is not followed: signing a call again for another host is how keys are stolen.
      const why = `status ${statusCode}, which the API never answers`;
      return noAnswer({ why, transient: false, mayHaveArrived: true }, exchange);
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      const body = readErrorBody(error);
      if (body !== undefined) return this.#errorAnswer(body, body.statusCode, exchange, used);
      return noAnswer(readUnanswered(error, exchange.status), exchange, error);
    }
  }

  #errorAnswer(body: Body, statusCode: number, exchange: Exchange, used: Used): ErrorAnswer {
    const answer = readErrorAnswer(body, statusCode, exchange, used);
    const { keys } = used;
    const { keys: source } = this.#options;
    if (keys === undefined || source === undefined) return answer;
    return withRenewal(answer, source, keys);
  }

  /** A new one for each attempt, so that we know which keys were refused. */
  #sdk(keys: Keys | undefined): OpenApi {
    const { endpoint, timeoutMs } = this.#options;
    return new OpenApi(
      new Config({
        ...(keys !== undefined
          ? { accessKeyId: keys.accessKeyId, accessKeySecret: keys.accessKeySecret }
          : {}),
        ...(keys?.securityToken !== undefined ? { securityToken: keys.securityToken } : {}),
        endpoint: endpoint.host,
        protocol: endpoint.protocol,
        userAgent: `pulumi-alicloud-ens/${packageVersion}`,
        // Longer than the exchange's own deadline, which must be the one that ends a call.
        readTimeout: 2 * timeoutMs,
        connectTimeout: 2 * timeoutMs,
      }),
    );
  }

  #params({ name, unsigned }: CalledAction): Params {
    return new Params({
      action: name,
      version: this.#options.service.version,
      protocol: this.#options.endpoint.protocol,
      pathname: "/",
      method: "POST",
      authType: unsigned ? "Anonymous" : "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
  }
}

/** What a call was made with. */
interface Used {
  readonly keys: Keys | undefined;
  /** What its error must not show. */
  readonly secrets: readonly string[];
}

/** Whether a body that came with status 200 is an error: a gateway on the way can change the status. */
function isError({ Code, Message }: Body): boolean {
  return typeof Code === "string" && typeof Message === "string";
}

/** The body of an error answer. Of the SDK's errors, only the one for such an answer holds a body and a status. */
function readErrorBody(error: unknown): (Body & { readonly statusCode: number }) | undefined {
  const data = error instanceof Error ? Reflect.get(error, "data") : undefined;
  return isRecord(data) && typeof data.statusCode === "number"
    ? { ...data, statusCode: data.statusCode }
    : undefined;
}

function readErrorAnswer(body: Body, statusCode: number, exchange: Exchange, { secrets }: Used): ErrorAnswer {
  const told = {
    code: body.Code ?? body.code,
    message: body.Message ?? body.message,
    requestId: body.RequestId ?? body.requestId,
  };
  return errorAnswer(told, statusCode, exchange.headers, secrets);
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
  // Errors of the connection are known; any other error is the SDK's, about what it read.
  const why =
    status === undefined
      ? "the connection failed"
      : `what came (status ${status}) is not an answer of the API`;
  return { why, transient: true, mayHaveArrived: true };
}
