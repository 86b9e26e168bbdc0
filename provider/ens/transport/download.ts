import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get as plainGet } from "node:http";
import { get as secureGet } from "node:https";
import { pipeline } from "node:stream/promises";
import { ConnectionError } from "../errors";
import { concealed } from "../text/concealed";
import { printable } from "../text/printable";
import type { Transport } from "./exchange";
import { OutOfTime, readFailure } from "./failure";
import { throughProxy } from "./proxies";

/**
 * Reads what a URL names into a file.
 *
 * @param secrets - Values that errors must not show. Default: none.
 * @throws ConnectionError, CancelledError
 */
export type Download = (url: string, path: string, secrets?: ReadonlySet<string>) => Promise<void>;

const mostRedirects = 5;

/** Statuses that name another place in `location`. */
const redirects = [301, 302, 303, 307, 308];

/** Downloads through the connections of calls. A download ends when nothing comes for a while, however long it takes. */
export function downloader({ agents, cancelled }: Transport, idleMs: number): Download {
  return async (url, path, secrets = new Set()) => {
    const ended = new AbortController();
    const { signal } = ended;
    const timer = setTimeout(() => ended.abort(new OutOfTime(idleMs, "nothing came for")), idleMs);
    const cancel = () => ended.abort(cancelled.reason);
    cancelled.throwIfAborted();
    cancelled.addEventListener("abort", cancel, { once: true });
    // What follows a secret URL may tell it too.
    const failed = (at: string, why: string, cause?: unknown) => {
      const { origin, pathname } = new URL(at);
      const { proxy } = agents.routeTo(at);
      // The query of a URL can be what gives access to it.
      const subject = secrets.has(url) ? concealed : printable(origin + pathname);
      const message = `${subject} could not be read${throughProxy(proxy)}: ${why}. Check the source and the network, then run the command again.`;
      return new ConnectionError(message, { cause });
    };
    const get = (at: string) => {
      const start = at.startsWith("https:") ? secureGet : plainGet;
      return new Promise<IncomingMessage>((resolve, reject) => {
        start(at, { agent: agents.routeTo(at).agent, signal }, resolve).on("error", reject);
      });
    };
    let at = url;
    try {
      for (let count = 0; ; count += 1) {
        const response = await get(at);
        const { statusCode = 0, headers } = response;
        if (statusCode === 200) {
          response.on("data", () => timer.refresh());
          await pipeline(response, createWriteStream(path), { signal });
          return;
        }
        response.destroy();
        if (!redirects.includes(statusCode) || headers.location === undefined)
          throw failed(at, `status ${statusCode}`);
        if (count === mostRedirects) throw failed(url, `it leads on more than ${mostRedirects} times`);
        const next = new URL(headers.location, at);
        if (next.protocol !== "https:" && next.protocol !== new URL(at).protocol) {
          throw failed(at, `it leads to ${printable(next.protocol, 20)}, which is not followed`);
        }
        at = next.href;
      }
    } catch (error) {
      cancelled.throwIfAborted();
      if (ConnectionError.isInstance(error)) throw error;
      const cause = signal.aborted ? signal.reason : error;
      throw failed(
        at,
        readFailure(cause)?.why ?? "the connection failed",
        secrets.has(url) ? undefined : cause,
      );
    } finally {
      clearTimeout(timer);
      cancelled.removeEventListener("abort", cancel);
    }
  };
}
