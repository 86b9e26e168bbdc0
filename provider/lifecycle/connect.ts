import { EnsClient } from "../ens/client";
import { systemTiming } from "../ens/retry/timing";
import { Agents } from "../ens/transport/agents";
import { cancellation } from "./cancellation";
import { keySource } from "./credentials";
import type { Settings } from "./settings/settings";
import { tell } from "./tell";

/** A client for what the settings say. Importing this loads the vendor's SDK; see `session.ts`. */
export function connect(settings: Settings): EnsClient {
  const { endpoint, clientReadTimeout: timeout, maxRetryTimeout, proxies, set } = settings;
  const cancelled = cancellation();
  const transport = { agents: new Agents(proxies), cancelled };
  const retry = {
    budget: maxRetryTimeout * 1000,
    timing: systemTiming,
    notify: tell,
    cancelled,
  };
  return new EnsClient({
    endpoint,
    timeout,
    transport,
    keys: keySource(settings, transport, retry),
    retry,
    set,
  });
}
