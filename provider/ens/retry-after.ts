import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Ours for every attempt, so that its answer can be told from others. */
export const nonceHeader = "x-acs-signature-nonce";

/** Where Node announces the headers of every answer. */
const channel = "http.client.response.finish";

/**
 * Watches for the answer to the request with a nonce, to read how long the service asks to wait: the SDK keeps the
 * headers of an error answer to itself.
 */
export function watchRetryAfter(nonce: string): { milliseconds(): number | undefined; stop(): void } {
  let headers: IncomingHttpHeaders | undefined;
  const listen = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    if (request.getHeader(nonceHeader) === nonce) headers = response.headers;
  };
  subscribe(channel, listen);
  return {
    milliseconds: () => (headers === undefined ? undefined : readRetryAfter(headers)),
    stop: () => unsubscribe(channel, listen),
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
