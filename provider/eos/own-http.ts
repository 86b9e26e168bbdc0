import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { packageVersion } from "../ens/package-version";
import type { Exchange } from "../ens/transport/exchange";
import type { Send } from "../ens/transport/vendor-http";

/** A signed request, as `ali-oss` gives it to its HTTP client. */
interface SignedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content?: string;
}

/** An answer, as `ali-oss` takes it from its HTTP client. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly data: Buffer;
}

/** The HTTP client that `ali-oss` gets in place of its own, for one attempt. */
export class OwnHttp {
  readonly #exchange: Exchange;
  /** Why there was no answer. What `ali-oss` throws then says nothing of it. */
  failure: unknown;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  readonly request = async (url: string, signed: SignedRequest): Promise<HttpAnswer> => {
    try {
      const response = await this.#exchange.send(sending(signed), url, {});
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      return { status: response.statusCode ?? 0, headers: response.headers, data: Buffer.concat(chunks) };
    } catch (error) {
      this.failure = error;
      throw error;
    }
  };
}

function sending({ method, headers, content = "" }: SignedRequest): Send {
  // For an address, ali-oss makes up a host.
  const { host: _, ...given } = headers;
  const body = Buffer.from(content);
  // For the length, ali-oss counts characters.
  const own = { "user-agent": `pulumi-alicloud-ens/${packageVersion}`, "content-length": body.length };
  return (url, { beforeRequest = (request) => request }) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      // Not by URL, which would take `..` in a key for a step up.
      const [, origin = "", path = ""] = /^(https?:\/\/[^/]+)(.*)$/s.exec(url) ?? [];
      const request = origin.startsWith("https:") ? secureRequest : plainRequest;
      request(origin, beforeRequest({ method, path, headers: { ...given, ...own } }), resolve)
        .on("error", reject)
        .end(body);
    });
}
