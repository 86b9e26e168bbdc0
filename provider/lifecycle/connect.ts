import { EnsClient } from "../ens/client";
import type { KeySource } from "../ens/keys";
import { systemTiming } from "../ens/retry/timing";
import { Agents } from "../ens/transport/agents";
import type { Transport } from "../ens/transport/exchange";
import { cancellation } from "./cancellation";
import { keySource } from "./credentials";
import type { Settings } from "./settings/settings";
import { tell } from "./tell";

/** A client, and what it works with. */
export interface Connection {
  readonly client: EnsClient;
  readonly keys: KeySource;
  readonly transport: Transport;
}

/** A connection as the settings say. Importing this loads the vendor's SDK; see `session.ts`. */
export function connect(settings: Settings): Connection {
  const { endpoint, clientReadTimeout: timeout, maxRetryTimeout, proxies, set } = settings;
  const cancelled = cancellation();
  const transport = { agents: new Agents(proxies), cancelled };
  const retry = {
    budget: maxRetryTimeout * 1000,
    timing: systemTiming,
    notify: tell,
    cancelled,
  };
  const keys = keySource(settings, transport, retry);
  return { client: new EnsClient({ endpoint, timeout, transport, keys, retry, set }), keys, transport };
}
