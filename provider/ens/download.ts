import type { NoAnswer } from "./attempt-result";
import { describeAttempts } from "./describe-attempts";
import type { DownloadRequest } from "./download-sender";
import { DownloadSender } from "./download-sender";
import { ConnectionError } from "./errors";
import type { RetryOptions } from "./retry/retrying-client";
import { RetryingClient } from "./retry/retrying-client";
import { concealed } from "./text/concealed";
import { shownUrl } from "./text/shown-url";
import type { Transport } from "./transport/exchange";
import { throughProxy } from "./transport/proxies";

/**
 * Reads what a URL names into a file, again where that may help.
 *
 * @param secrets - Values that errors and lines must not show. Default: none.
 * @throws ConnectionError, CancelledError
 */
export type Download = (url: string, path: string, secrets?: ReadonlySet<string>) => Promise<void>;

const download = { repeatable: true };

/** @param timeoutMs - How long nothing may come, in milliseconds. */
export function downloader(transport: Transport, timeoutMs: number, retry: RetryOptions): Download {
  const sender = new DownloadSender(transport, timeoutMs);
  // Each host has a pace of its own.
  const clients = new Map<string, RetryingClient<object, DownloadRequest>>();
  const clientOf = (name: string) => {
    const client = clients.get(name) ?? new RetryingClient({ name }, sender, retry);
    clients.set(name, client);
    return client;
  };
  return async (url, path, secrets = new Set()) => {
    const isSecret = secrets.has(url);
    const client = clientOf(isSecret ? concealed : new URL(url).host);
    const { result, ...attempts } = await client.call(download, { url, path, isSecret });
    if (result.kind === "answer") return;
    const { why, remedy, proxy, cause } =
      result.kind === "noAnswer" ? result : ({ why: result.message } as Partial<NoAnswer>);
    throw new ConnectionError(
      {
        what: `${isSecret ? concealed : shownUrl(url)} could not be read${throughProxy(proxy)}${describeAttempts(attempts)}: ${why}.`,
        remedy: `${remedy ?? "Check the source and the network"}, then run the command again.`,
      },
      // It may hold what a secret URL says.
      isSecret ? {} : { cause },
    );
  };
}
