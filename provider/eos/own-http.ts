import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { packageVersion } from "../ens/package-version";
import type { Exchange } from "../ens/transport/exchange";
import type { Send } from "../ens/transport/vendor-http";
import { sendContent } from "./send-content";
import type { ContentRequest } from "./storage-action";

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
  readonly #body: ContentRequest | undefined;
  #sent: ClientRequest | undefined;
  /** Why there was no answer. What `ali-oss` throws then says nothing of it. */
  failure: unknown;

  /** @param body - What is sent, where it is the content of an object. */
  constructor(exchange: Exchange, body: ContentRequest | undefined) {
    this.#exchange = exchange;
    this.#body = body;
  }

  readonly request = async (url: string, signed: SignedRequest): Promise<HttpAnswer> => {
    try {
      const response = await this.#exchange.send(this.#sending(signed), url, {});
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      // Who refuses a body early need not read the rest of it, so nothing else can use the connection.
      if (this.#sent?.writableEnded === false) this.#sent.destroy();
      return { status: response.statusCode ?? 0, headers: response.headers, data: Buffer.concat(chunks) };
    } catch (error) {
      this.failure = error;
      throw error;
    }
  };

  #sending({ method, headers, content = "" }: SignedRequest): Send {
    // For an address, ali-oss makes up a host.
    const { host: _, ...given } = headers;
    const kept = Object.entries(given).map(([name, value]) => [name, onWire(value)]);
    const text = Buffer.from(content);
    const own = {
      "user-agent": `pulumi-alicloud-ens/${packageVersion}`,
      // For the length, ali-oss counts characters.
      "content-length": this.#body?.content.size ?? text.length,
    };
    return (url, { beforeRequest = (request) => request }) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        // Not by URL, which would take `..` in a key for a step up.
        const [, origin = "", path = ""] = /^(https?:\/\/[^/]+)(.*)$/s.exec(url) ?? [];
        const send = origin.startsWith("https:") ? secureRequest : plainRequest;
        const options = beforeRequest({ method, path, headers: { ...Object.fromEntries(kept), ...own } });
        const request = send(origin, options, resolve).on("error", reject);
        this.#sent = request;
        if (this.#body === undefined) request.end(text);
        else sendContent(request, this.#body).catch(reject);
      });
  }
}

/** UTF-8, one character a byte: Node's headers take no other characters. */
function onWire(value: string): string {
  return Buffer.from(value).toString("latin1");
}
