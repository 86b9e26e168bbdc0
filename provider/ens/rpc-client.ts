import { randomUUID } from "node:crypto";
import Credential from "@alicloud/credentials";
import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import { nonceHeader, tooLong, watchAnswer } from "./answer-watch";
import { withDeadline } from "./deadline";
import type { Endpoint } from "./endpoint";
import { EnsError } from "./errors";
import type { KeySource } from "./keys";
import { packageVersion } from "./package-version";
import { printable } from "./printable";

/** An error code that the service answered. Its texts are the network's: print them only through `printable`. */
export interface Refusal {
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
  readonly requestId?: string;
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

  /** @throws CredentialsError */
  async call(action: string, query: Readonly<Record<string, string>>): Promise<Reply> {
    const { timeout, keys } = this.#options;
    // Outside the deadline: how long credentials may take is their source's affair, and so are its errors.
    await keys.getKeys();
    const nonce = randomUUID();
    const request = new OpenApiRequest({ query, headers: { [nonceHeader]: nonce } });
    const watch = watchAnswer(nonce);
    const late = new Error();
    try {
      const call = this.#sdk.callApi(this.#params(action), request, new RuntimeOptions({}));
      const answer = await withDeadline(call, timeout, () => late);
      const { statusCode, body } = answer as { statusCode: number; body: Readonly<Record<string, unknown>> };
      if (statusCode === 200) return { kind: "answer", body };
      // A redirect to another host would have to be signed anew for it, which is how keys are stolen.
      return { kind: "failure", why: `status ${statusCode}, which the API never answers`, transient: false };
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      if (error === late)
        return { kind: "failure", why: `no answer within ${timeout / 1000} s`, transient: true };
      const refusal = readRefusal(error);
      if (refusal === undefined) return readFailure(error);
      const retryAfter = watch.retryAfter();
      return { kind: "refusal", refusal, ...(retryAfter !== undefined ? { retryAfter } : {}) };
    } finally {
      watch.stop();
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

/** The SDK's error for an error answer: the only one with a status and the body it came from. */
function readRefusal(error: unknown): Refusal | undefined {
  if (!isRecord(error) || !isRecord(error.data) || typeof error.data.statusCode !== "number")
    return undefined;
  const { data } = error;
  const code = data.Code ?? data.code;
  const requestId = data.RequestId ?? data.requestId;
  return {
    code: typeof code === "string" ? code : "",
    statusCode: error.data.statusCode,
    message: String(data.Message ?? data.message ?? ""),
    ...(typeof requestId === "string" ? { requestId } : {}),
  };
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

/** Why there was no answer, in our words: the SDK's hold the whole URL. */
function readFailure(error: unknown): Reply {
  const failure = (why: string, transient: boolean) =>
    ({ kind: "failure", why, cause: error, transient }) as const;
  if (error instanceof SyntaxError) {
    return failure("what came is not JSON, so something other than the API answered", true);
  }
  if (!isRecord(error)) return failure("the connection failed", true);
  if (error.name === "RequestTimeoutError") return failure("no answer in time", true);
  const code = typeof error.code === "string" ? printable(error.code, 60) : "";
  if (code === tooLong) return failure("the answer is longer than any of the API", false);
  const known = transportCodes[code];
  if (known !== undefined) return failure(`${known} (${code})`, true);
  // What is left of the codes are those of TLS: a certificate does not become right by asking again.
  return code === ""
    ? failure("the connection failed", true)
    : failure(`the connection failed (${code})`, false);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
