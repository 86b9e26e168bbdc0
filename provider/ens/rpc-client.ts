import Credential from "@alicloud/credentials";
import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import { withDeadline } from "./deadline";
import { type Endpoint, endpointUrl } from "./endpoint";
import { ConnectionError, EnsError } from "./errors";
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

/** What the service said. */
export type Reply =
  | { readonly kind: "answer"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: "refusal"; readonly refusal: Refusal };

/** How to reach one product's API. */
export interface RpcClientOptions {
  readonly endpoint: Endpoint;
  /** The version of the product's API, e.g. `2017-11-10`. */
  readonly version: string;
  readonly keys: KeySource;
  /** How long one call may take, in milliseconds. */
  readonly timeout: number;
}

/** Calls RPC-style actions, signed with ACS3. Every call is one attempt. */
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

  async call(action: string, query: Readonly<Record<string, string>>): Promise<Reply> {
    const { endpoint, timeout, keys } = this.#options;
    // Outside the deadline: how long credentials may take is their source's affair, and so are its errors.
    await keys.getKeys();
    try {
      const answer = await withDeadline(
        this.#sdk.callApi(this.#params(action), new OpenApiRequest({ query }), new RuntimeOptions({})),
        timeout,
        () => new ConnectionError(noAnswer(endpoint, action, `no answer within ${timeout / 1000} s`)),
      );
      return { kind: "answer", body: answer.body };
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      const refusal = readRefusal(error);
      if (refusal !== undefined) return { kind: "refusal", refusal };
      throw new ConnectionError(noAnswer(endpoint, action, problem(error)), { cause: error });
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

function noAnswer(endpoint: Endpoint, action: string, why: string): string {
  return (
    `${action} got no usable answer from ${endpointUrl(endpoint)}: ${why}. ` +
    "Check the network and the setting alicloud-ens:endpoint, then run the command again; nothing was changed."
  );
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
function problem(error: unknown): string {
  if (error instanceof SyntaxError) return "what came is not JSON, so something other than the API answered";
  if (!isRecord(error)) return printable(error);
  if (error.name === "RequestTimeoutError") return "no answer in time";
  const code = typeof error.code === "string" ? printable(error.code, 60) : undefined;
  if (code === undefined) return "the connection failed";
  return `${transportCodes[code] ?? "the connection failed"} (${code})`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
