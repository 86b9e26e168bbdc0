import { EnsClient } from "../ens/client";
import { systemTiming } from "../ens/retry/timing";
import { keySource } from "./credentials";
import type { Settings } from "./settings/settings";

/** A client for what the settings say. Importing this loads the vendor's SDK; see `session.ts`. */
export function connect(settings: Settings): EnsClient {
  const { endpoint, clientReadTimeout, maxRetryTimeout } = settings;
  const retry = {
    budget: maxRetryTimeout * 1000,
    timing: systemTiming,
    // Pulumi shows what the provider process writes on stdout as information on the stack.
    notify: (line: string) => console.log(line),
  };
  return new EnsClient({ endpoint, timeout: clientReadTimeout, keys: keySource(settings, retry), retry });
}
