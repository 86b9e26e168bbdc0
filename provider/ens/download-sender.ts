import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import type { AttemptResult } from "./attempt-result";
import { errorAnswer, noAnswer } from "./attempt-result";
import { codeOf } from "./code-of";
import type { Sender } from "./retry/retrying-client";
import { printable } from "./text/printable";
import { shownUrl } from "./text/shown-url";
import type { Transport } from "./transport/exchange";
import { Exchange } from "./transport/exchange";
import type { Failure } from "./transport/failure";
import { readFailure } from "./transport/failure";

/** What is read, and into which file. */
export interface DownloadRequest {
  readonly url: string;
  readonly path: string;
  /** Whether the URL is a secret: what follows from it may tell it too. */
  readonly isSecret: boolean;
}

const mostRedirects = 5;

/** Statuses that name another place in `location`. */
const redirects = [301, 302, 303, 307, 308];

/** Reads what URLs name. Each is one attempt, which lasts for as long as something comes. */
export class DownloadSender implements Sender<object, DownloadRequest> {
  readonly #transport: Transport;
  readonly #timeoutMs: number;

  constructor(transport: Transport, timeoutMs: number) {
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
  }

  async getKeys(): Promise<undefined> {}

  /** @throws CancelledError */
  async send(
    _: object,
    request: DownloadRequest,
    _keys: undefined,
    remainingMs: number,
    progressed: () => void,
  ): Promise<AttemptResult> {
    const exchange = new Exchange(this.#transport);
    const came = () => {
      exchange.progressed(this.#timeoutMs, "nothing came for");
      progressed();
    };
    try {
      return await exchange.run(Math.min(this.#timeoutMs, remainingMs), () => read(request, exchange, came));
    } catch (error) {
      this.#transport.cancelled.throwIfAborted();
      return noAnswer(failureOf(error), exchange, error);
    }
  }
}

async function read(
  { url, path, isSecret }: DownloadRequest,
  exchange: Exchange,
  came: () => void,
): Promise<AttemptResult> {
  let at = url;
  const because = (why: string) => (at === url || isSecret ? why : `it leads to ${shownUrl(at)}, ${why}`);
  const lasting = (why: string) =>
    noAnswer({ why: because(why), transient: false, mayHaveArrived: true }, exchange);
  for (let count = 0; ; count += 1) {
    const response = await exchange.get(at);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) {
      await save(response, path, exchange.signal, came);
      return { kind: "answer", body: {} };
    }
    response.destroy();
    if (!redirects.includes(statusCode) || headers.location === undefined) {
      const message = because(`status ${statusCode}`);
      return errorAnswer({ code: "", message, requestId: undefined }, statusCode, headers, []);
    }
    if (count === mostRedirects) return lasting(`it leads on more than ${mostRedirects} times`);
    const next = new URL(headers.location, at);
    if (next.protocol !== "https:" && next.protocol !== new URL(at).protocol) {
      return lasting(`it leads to ${printable(next.protocol, 20)}, which is not followed`);
    }
    at = next.href;
  }
}

/** The disk failed, and not the network. */
class UnwritableError extends Error {}

async function save(
  response: IncomingMessage,
  path: string,
  signal: AbortSignal,
  came: () => void,
): Promise<void> {
  response.on("data", came);
  const file = createWriteStream(path);
  let unwritable: unknown;
  file.once("error", (error) => {
    // A stream that the other end or the signal ended has that as its error too.
    if ("syscall" in error) unwritable ??= error;
  });
  try {
    await pipeline(response, file, { signal });
  } catch (error) {
    throw unwritable === undefined ? error : new UnwritableError("", { cause: unwritable });
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof UnwritableError) {
    const why = `it cannot be written to the temporary folder (${codeOf(error.cause)})`;
    return { why, transient: false, mayHaveArrived: true };
  }
  return readFailure(error) ?? { why: "the connection failed", transient: true, mayHaveArrived: true };
}
