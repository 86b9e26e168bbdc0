import type { Caller } from "../ens/client";
import { InstallationError } from "../ens/errors";
import type { ConnectOptions } from "./connect";
import type { ConfigReader } from "./settings/lookup";
import { readSettings, type Settings } from "./settings/settings";

/** What all calls of a session share, and a front brings. */
export interface SessionOptions extends ConnectOptions {
  /** What Pulumi configured the front with. */
  readonly config: ConfigReader;
  readonly env: NodeJS.ProcessEnv;
}

/** Settings and connections, each made when first asked for, and kept. */
export class Session {
  readonly options: SessionOptions;
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
    this.#connect = connect;
  }

  /** @throws SettingsError */
  get settings(): Settings {
    this.#settings ??= readSettings(this.options.config, this.options.env);
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
    // The vendor's packages require some that they do not declare, such as `debug`.
    throw new InstallationError(
      `A package that the vendor's SDK requires is not in its reach: ${cause.message.split("\n")[0]}. ` +
        "Where the package manager shows packages only what they declare, let it show more, and install again: " +
        "pnpm without `hoist: false`, Yarn with `nodeLinker: node-modules`.",
      { cause },
    );
  }
}

/** Whether an error is that of `require` for a module that is not there. */
export function isModuleNotFound(error: unknown): error is Error {
  return error instanceof Error && Reflect.get(error, "code") === "MODULE_NOT_FOUND";
}
