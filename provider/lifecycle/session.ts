import { AsyncLocalStorage } from "node:async_hooks";
import type { dynamic } from "@pulumi/pulumi";
import type { EnsClient } from "../ens/client";
import { InstallationError } from "../ens/errors";
import { listenForCancel } from "./cancellation";
import { endWithEngine } from "./end-with-engine";
import type { ConfigReader } from "./settings/lookup";
import { readSettings, type Settings } from "./settings/settings";

/** What calls work with. */
export interface Session {
  /** @throws SettingsError */
  settings(): Settings;
  client(): Pick<EnsClient, "prepareUpload">;
}

let config: ConfigReader | undefined;
let settings: Settings | undefined;
let client: EnsClient | undefined;

const ofTheProcess: Session = {
  settings: () => {
    settings ??= readSettings(config ?? (() => undefined), process.env);
    return settings;
  },
  client: () => {
    client ??= loadVendorSdk().connect(currentSettings()).client;
    return client;
  },
};

const standIns = new AsyncLocalStorage<Session>();

/** Runs `work` with another session than that of the process, as mocks do. */
export function withSession<T>(session: Session, work: () => T): T {
  return standIns.run(session, work);
}

/**
 * Takes the stack's configuration, once for the process. It reads nothing yet and awaits nothing: Pulumi hands the
 * provider to concurrent calls before it has awaited `configure`, so nothing of it may be left for later. From here on
 * the process knows when it is not wanted any more.
 */
export async function configure(request: dynamic.ConfigureRequest): Promise<void> {
  if (config !== undefined) return;
  config = (key) => request.config.get(key);
  listenForCancel();
  endWithEngine();
}

/** @throws SettingsError */
export function currentSettings(): Settings {
  return (standIns.getStore() ?? ofTheProcess).settings();
}

/** That of the process is made, and the vendor's SDK loaded, when the first call needs it. */
export function ensClient(): Pick<EnsClient, "prepareUpload"> {
  return (standIns.getStore() ?? ofTheProcess).client();
}

function loadVendorSdk(): typeof import("./connect") {
  try {
    return require("./connect");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND") throw cause;
    // The vendor's packages require some that they do not declare, such as `debug`.
    throw new InstallationError(
      `A package that the vendor's SDK requires is not in its reach: ${message.split("\n")[0]}. ` +
        "Where the package manager shows packages only what they declare, let it show more, and install again: " +
        "pnpm without `hoist: false`, Yarn with `nodeLinker: node-modules`.",
      { cause },
    );
  }
}
