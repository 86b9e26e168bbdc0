import { EnsClient } from "../ens/client";
import { keySource } from "./credentials";
import type { Settings } from "./settings/settings";

/** A client for what the settings say. Importing this loads the vendor's SDK; see `session.ts`. */
export function connect(settings: Settings): EnsClient {
  const { endpoint, clientReadTimeout } = settings;
  return new EnsClient({ endpoint, timeout: clientReadTimeout, keys: keySource(settings) });
}
