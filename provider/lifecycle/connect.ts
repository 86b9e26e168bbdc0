import { ensService } from "../ens/action";
import { Client } from "../ens/client";
import type { Download } from "../ens/download";
import { downloader } from "../ens/download";
import type { KeySource } from "../ens/keys";
import { Slots } from "../ens/retry/slots";
import { systemTiming } from "../ens/retry/timing";
import { Agents } from "../ens/transport/agents";
import type { Transport } from "../ens/transport/exchange";
import { StorageClient } from "../eos/storage-client";
import { keySource } from "./credentials";
import type { Settings } from "./settings/settings";

/** The clients, and what they work with. */
export interface Connection {
  readonly ens: Client;
  readonly objects: StorageClient;
  readonly download: Download;
  readonly keys: KeySource;
  readonly transport: Transport;
}

/** What connections need of whoever opens them. */
export interface ConnectOptions {
  /** Says a line to the user. */
  readonly tell: (line: string) => void;
  /** Aborts when the deployment is cancelled. */
  readonly signal: AbortSignal;
}

/** Connects as the settings say. Importing this file loads the vendor's SDK; see `session.ts`. */
export function connect(settings: Settings, { tell, signal }: ConnectOptions): Connection {
  const { endpoint, clientReadTimeout: timeoutMs, maxRetryTimeout, proxies, howToSet } = settings;
  const transport = { agents: new Agents(proxies), cancelled: signal };
  const retry = {
    budgetMs: maxRetryTimeout * 1000,
    slots: new Slots(settings.maxConcurrency),
    timing: systemTiming,
    tell,
    cancelled: signal,
  };
  const keys = keySource(settings, transport, retry);
  const ens = new Client({ service: ensService, endpoint, timeoutMs, transport, keys, retry, howToSet });
  const objects = new StorageClient({ timeoutMs, transport, keys, retry, howToSet });
  return { ens, objects, download: downloader(transport, timeoutMs, retry), keys, transport };
}
