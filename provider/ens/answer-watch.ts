import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Ours for every attempt, so that its answer can be told from others. */
export const nonceHeader = "x-acs-signature-nonce";

/** The code of the error that an answer which is too long ends with. */
export const tooLong = "ERR_ANSWER_TOO_LONG";

/** Where Node announces the headers of every answer. */
const channel = "http.client.response.finish";

/** The answer of PrepareUpload has some 150 bytes; no answer of an API that we call comes near this many. */
const longestAnswer = 1024 * 1024;

/** What is seen of an answer besides what the SDK gives. */
export interface AnswerWatch {
  /** How long the service asks to wait, in milliseconds. */
  retryAfter(): number | undefined;
  stop(): void;
}

/**
 * Watches the answer to the request with a nonce. The SDK keeps the headers of an error answer to itself, and reads
 * bodies of any length into memory: one that is too long is cut off.
 */
export function watchAnswer(nonce: string): AnswerWatch {
  let headers: IncomingHttpHeaders | undefined;
  const listen = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    if (request.getHeader(nonceHeader) !== nonce) return;
    headers = response.headers;
    cutOff(response);
  };
  subscribe(channel, listen);
  return {
    retryAfter: () => (headers === undefined ? undefined : readRetryAfter(headers)),
    stop: () => unsubscribe(channel, listen),
  };
}

/** Counts what arrives on its way in: a listener for data would make it flow before the SDK reads it. */
function cutOff(response: IncomingMessage): void {
  const push = response.push.bind(response);
  let length = 0;
  response.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    length += chunk?.length ?? 0;
    if (length <= longestAnswer) return push(chunk, encoding);
    response.destroy(Object.assign(new Error(), { code: tooLong }));
    return false;
  };
}

/** No service is waited for longer on its word alone, in milliseconds. */
const longest = 60_000;

/** `x-acs-retry-after` is in milliseconds; `Retry-After` in seconds, or a date. */
function readRetryAfter(headers: IncomingHttpHeaders): number | undefined {
  const acs = Number(headers["x-acs-retry-after"] ?? Number.NaN);
  const standard = headers["retry-after"] ?? "";
  const seconds = Number(standard === "" ? Number.NaN : standard);
  const milliseconds = [acs, seconds * 1000, Date.parse(standard) - Date.now()].find(
    (one) => !Number.isNaN(one),
  );
  return milliseconds === undefined ? undefined : Math.min(longest, Math.max(0, milliseconds));
}
