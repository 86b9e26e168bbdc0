import type { Caller } from "../ens/client";
import { codeOf } from "../ens/code-of";
import { InstallationError } from "../ens/errors";
import type { Timing } from "../ens/retry/timing";
import { systemTiming } from "../ens/retry/timing";
import type { ConnectOptions } from "./connect";
import type { ConfigReader } from "./settings/lookup";
import type { Settings } from "./settings/settings";
import { readSettings } from "./settings/settings";

/** What a front gives to a session, and all its calls share. */
export interface SessionOptions extends ConnectOptions {
  /** What Pulumi configured the front with. */
  readonly config: ConfigReader;
  /** The keys that it has, where they are known. */
  readonly keys?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Default: that of this machine. */
  readonly timing?: Timing;
}

/** The settings and connections of a front. Each is made when it is first needed, and kept. */
export class Session {
  readonly options: SessionOptions;
  readonly timing: Timing;
  /** The buckets that were deleted in this session. */
  readonly deletedBuckets = new Set<string>();
  readonly #connect: (settings: Settings, options: SessionOptions) => Caller;
  #settings: Settings | undefined;
  #ens: Caller | undefined;

  /** @param connect - Default: through the vendor's SDK, which the first call loads. */
  constructor(
    options: SessionOptions,
    connect = (settings: Settings, options: SessionOptions): Caller =>
      loadVendorSdk().connect(settings, options).ens,
  ) {
    this.options = options;
    this.timing = options.timing ?? systemTiming;
    this.#connect = connect;
  }

  /** @throws SettingsError */
  get settings(): Settings {
    this.#settings ??= readSettings(this.options.config, this.options.env, this.options.keys);
    return this.#settings;
  }

  get ens(): Caller {
    this.#ens ??= this.#connect(this.settings, this.options);
    return this.#ens;
  }
}

function loadVendorSdk(): typeof import("./connect") {
  try {
    return require("./connect");
  } catch (cause) {
    if (!isModuleNotFound(cause)) throw cause;
    // The vendor's packages require packages that they do not declare, such as `debug`.
    throw new InstallationError(
      `The vendor's SDK cannot find a package that it requires: ${cause.message.split("\n")[0]}. ` +
        "If your package manager hides packages that are not declared, let it show them, and install again: " +
        "pnpm without `hoist: false`, Yarn with `nodeLinker: node-modules`.",
      { cause },
    );
  }
}

/** Whether `require` failed because a module is not there. */
export function isModuleNotFound(error: unknown): error is Error {
  return codeOf(error) === "MODULE_NOT_FOUND";
}
