import type { EnsClient } from "../ens/client";
import type { ConfigReader } from "./settings/lookup";
import { readSettings, type Settings } from "./settings/settings";

let config: ConfigReader | undefined;
let settings: Settings | undefined;
let client: EnsClient | undefined;

/**
 * Takes the stack's configuration, once for the process. Synchronous, and reads nothing yet: Pulumi hands the
 * provider to concurrent calls before it has awaited `configure`, so nothing of it may be left for later.
 */
export function configureSession(read: ConfigReader): void {
  config ??= read;
}

/** @throws SettingsError */
export function currentSettings(): Settings {
  settings ??= readSettings(config ?? (() => undefined), process.env);
  return settings;
}

/** The one client of the process. Made, and the vendor's SDK loaded, when the first call needs it. */
export function ensClient(): EnsClient {
  if (client === undefined) {
    const { EnsClient } = require("../ens/client") as typeof import("../ens/client");
    const { keySource } = require("./credentials") as typeof import("./credentials");
    const { endpoint, clientReadTimeout } = currentSettings();
    client = new EnsClient({ endpoint, timeout: clientReadTimeout, keys: keySource(currentSettings()) });
  }
  return client;
}
