import type { EnsClient } from "../ens/client";
import { listenForCancel } from "./cancellation";
import { endWithEngine } from "./end-with-engine";
import type { ConfigReader } from "./settings/lookup";
import { readSettings, type Settings } from "./settings/settings";

let config: ConfigReader | undefined;
let settings: Settings | undefined;
let client: EnsClient | undefined;

/**
 * Takes the stack's configuration, once for the process. Synchronous, and reads nothing yet: Pulumi hands the
 * provider to concurrent calls before it has awaited `configure`, so nothing of it may be left for later. From here on
 * the process knows when it is not wanted any more.
 */
export function configureSession(read: ConfigReader): void {
  if (config !== undefined) return;
  config = read;
  listenForCancel();
  endWithEngine();
}

/** @throws SettingsError */
export function currentSettings(): Settings {
  settings ??= readSettings(config ?? (() => undefined), process.env);
  return settings;
}

/** The one client of the process. Made, and the vendor's SDK loaded, when the first call needs it. */
export function ensClient(): EnsClient {
  if (client === undefined) {
    const sdk: typeof import("./connect") = require("./connect");
    client = sdk.connect(currentSettings());
  }
  return client;
}
