import type { IncomingHttpHeaders } from "node:http";
import type { AttemptResult, Body } from "../ens/attempt-result";
import { errorAnswer, noAnswer, withRenewal } from "../ens/attempt-result";
import type { Endpoint } from "../ens/endpoint";
import { endpointUrl, isLoopback } from "../ens/endpoint";
import { EnsError } from "../ens/errors";
import { isRecord } from "../ens/is-record";
import type { KeySource, Keys } from "../ens/keys";
import { keyParts } from "../ens/keys";
import { loadVendor } from "../ens/load-vendor";
import type { Sender } from "../ens/retry/retrying-client";
import { quoted } from "../ens/text/quoted";
import type { Transport } from "../ens/transport/exchange";
import { Exchange } from "../ens/transport/exchange";
import type { Failure } from "../ens/transport/failure";
import { OutOfTime, readFailure } from "../ens/transport/failure";
import { ContentFault } from "./content";
import type { HttpAnswer } from "./own-http";
import { OwnHttp } from "./own-http";
import type { Element } from "./read-xml";
import { readXml } from "./read-xml";
import type { ContentRequest } from "./storage-action";

/** A request to the object storage, before it is signed. */
export interface StorageRequest {
  readonly method: string;
  readonly endpoint: Endpoint;
  /** The physical bucket. */
  readonly bucket: string;
  /** Left out for a request about the bucket. */
  readonly key?: string;
  /** The part of the query that is signed. */
  readonly subresource: Readonly<Record<string, string>>;
  /** The rest of it. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, where it is XML. */
  readonly xml?: string;
  /** The body, where it is the content of an object. */
  readonly body?: ContentRequest;
  readonly answer: {
    /** The element that the answer is. */
    readonly element: string | undefined;
    /** The code that is no error. */
    readonly expectedCode: string | undefined;
    readonly mayBeEmpty: boolean;
  };
}

/** How the object storage is reached. Where it is differs by bucket. */
export interface StorageSenderOptions {
  readonly keys: KeySource;
  /** How long one attempt may take, in milliseconds; where it sends content, how long it may stand still. */
  readonly timeoutMs: number;
  readonly transport: Transport;
}

/** What `ali-oss` 6.23.0 has and its types do not: it signs a request, and gives it to its HTTP client. */
interface Oss {
  request(params: {
    readonly method: string;
    readonly bucket: string;
    readonly object?: string;
    readonly subres: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly content?: string;
    readonly mime?: string;
  }): Promise<HttpAnswer>;
}

type OssConstructor = new (options: object) => Oss;

/** Sends requests that `ali-oss` signs, by OSS V1, through connections of ours. Each is one attempt. */
export class StorageSender implements Sender<object, StorageRequest> {
  readonly #options: StorageSenderOptions;

  constructor(options: StorageSenderOptions) {
    this.#options = options;
  }

  getKeys(): Promise<Keys> {
    return this.#options.keys.getKeys();
  }

  /** @throws CancelledError, InstallationError */
  async send(
    _: object,
    request: StorageRequest,
    keys: Keys,
    remainingMs: number,
    progressed = () => {},
  ): Promise<AttemptResult> {
    const { timeoutMs, transport } = this.#options;
    const exchange = new Exchange(transport);
    const began = performance.now();
    const onSent = (bytes: number, { content, onSent }: ContentRequest) => {
      const isAll = bytes === content.size;
      const onTheWay = isAll ? Math.min(performance.now() - began, mostOnTheWay) : 0;
      exchange.progressed(timeoutMs + onTheWay, isAll ? undefined : "nothing could be sent for");
      progressed();
      onSent?.(bytes);
    };
    const { body } = request;
    const http = new OwnHttp(exchange, body && { ...body, onSent: (bytes) => onSent(bytes, body) });
    const oss = openOss(request.endpoint, keys, http);
    try {
      const call = () => oss.request(signable(request));
      const answer = await exchange.run(Math.min(timeoutMs, remainingMs), call);
      return this.#read(answer, request, keys, exchange);
    } catch (error) {
      if (EnsError.isInstance(error)) throw error;
      if (http.failure instanceof ContentFault) throw http.failure;
      const cause = error instanceof OutOfTime ? error : (http.failure ?? error);
      return noAnswer(readFailure(cause) ?? connectionFailed, exchange, cause);
    }
  }

  #read(
    { status, headers, data }: HttpAnswer,
    { method, answer: { element, expectedCode, mayBeEmpty } }: StorageRequest,
    keys: Keys,
    exchange: Exchange,
  ): AttemptResult {
    const requestId = headers["x-oss-request-id"];
    const added = {
      RequestId: requestId,
      Date: headers.date ?? new Date().toUTCString(),
      Headers: plainHeaders(headers),
    };
    const ok = status === 200 || status === 204;
    if (ok && mayBeEmpty && data.length === 0) return { kind: "answer", body: added };
    const { name, content = {} } =
      method === "HEAD" ? refusedHead(status, headers) : (readXml(data.toString()) ?? {});
    const refusal = name === "Error" ? content : refusedKey(content);
    if (refusal !== undefined) {
      if (expectedCode !== undefined && refusal.Code === expectedCode) {
        return { kind: "answer", body: { Code: expectedCode, ...added } };
      }
      const told = { code: refusal.Code, message: refusal.Message, requestId };
      const answered = errorAnswer(told, status, headers, keyParts(keys));
      const ofPart = name === "Error" ? {} : { isOfPart: true as const };
      return withRenewal({ ...answered, ...ofPart }, this.#options.keys, keys);
    }
    if (ok && name === element) return { kind: "answer", body: { ...content, ...added } };
    const why = `what came (status ${status}) is not an answer of the object storage`;
    return noAnswer({ why, transient: true, mayHaveArrived: true }, exchange);
  }
}

/**
 * When the connection has taken the last of a body, some megabytes can still be on the way. They may need as long as all
 * before them, but no longer than this, in milliseconds.
 */
const mostOnTheWay = 60_000;

const connectionFailed: Failure = { why: "the connection failed", transient: true, mayHaveArrived: true };

function openOss(endpoint: Endpoint, keys: Keys, http: OwnHttp): Oss {
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const Client = loadVendor<OssConstructor>(() => require("ali-oss"));
  return new Client({
    accessKeyId,
    accessKeySecret,
    // Without an interval, ali-oss warns that it cannot renew the token; we give it new ones.
    ...(securityToken !== undefined ? { stsToken: securityToken, refreshSTSTokenInterval: 1 } : {}),
    endpoint: endpointUrl(endpoint),
    // On this machine, host names have no subdomains for buckets.
    sldEnable: isLoopback(endpoint.host),
    urllib: http,
  });
}

function signable({ method, bucket, key, subresource, query, headers = {}, xml, body }: StorageRequest) {
  const { md5 } = body?.content ?? {};
  return {
    method,
    bucket,
    subres: subresource,
    query,
    ...(key !== undefined ? { object: key } : {}),
    headers: { ...headers, ...(md5 !== undefined ? { "Content-MD5": md5 } : {}) },
    ...(xml !== undefined ? { content: xml, mime: "xml" } : {}),
  };
}

/** UTF-8, which Node reads as one character a byte. */
function plainHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, Buffer.from(value, "latin1").toString()]] : [],
    ),
  );
}

/** An error without a body: a header may have it, and else the status says which it is. */
function refusedHead(status: number, headers: IncomingHttpHeaders): Partial<Element> {
  const told = headers["x-oss-err"];
  const error = typeof told === "string" ? readXml(Buffer.from(told, "base64").toString()) : undefined;
  if (error !== undefined) return error;
  return { name: "Error", content: { Code: codesOfHead[status] } };
}

const codesOfHead: Readonly<Record<number, string>> = { 403: "AccessDenied", 404: "NoSuchKey" };

/** The first object that an answer says could not be deleted. */
function refusedKey(content: Body): Body | undefined {
  const [refused] = Array.isArray(content.Error) ? content.Error : [];
  return isRecord(refused)
    ? { ...refused, Message: `${quoted(refused.Key)}: ${refused.Message}` }
    : undefined;
}
