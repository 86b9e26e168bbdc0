import type { Caller } from "../ens/client";
import type { Download } from "../ens/download";
import { loadVendor } from "../ens/load-vendor";
import type { Timing } from "../ens/retry/timing";
import { systemTiming } from "../ens/retry/timing";
import type { ObjectStorage } from "../eos/object-storage";
import type { ConnectOptions } from "./connect";
import { Deployment } from "./deployment";
import type { ConfigReader } from "./settings/lookup";
import type { Settings, SettingsSource } from "./settings/settings";
import { readSettings } from "./settings/settings";
import { Waits } from "./waits";

/** What a front gives to a session, and all its calls share. */
export interface SessionOptions extends ConnectOptions, SettingsSource {
  /** What Pulumi configured the front with. */
  readonly config: ConfigReader;
  readonly env: NodeJS.ProcessEnv;
  /** Default: that of this machine. */
  readonly timing?: Timing;
}

/** Whom a front asks. */
export interface Connected {
  readonly ens: Caller;
  readonly objects: ObjectStorage;
  readonly download: Download;
}

/** The settings and connections of a front. Each is made when it is first needed, and kept. */
export class Session {
  readonly options: SessionOptions;
  readonly timing: Timing;
  /** A session lasts as long as a deployment. */
  readonly deployment = new Deployment();
  readonly waits: Waits;
  readonly #connect: (settings: Settings, options: SessionOptions) => Connected;
  #settings: Settings | undefined;
  #connected: Connected | undefined;

  /** @param connect - Default: through the vendor's SDK, which the first call loads. */
  constructor(
    options: SessionOptions,
    connect = (settings: Settings, options: SessionOptions): Connected =>
      loadVendor<typeof import("./connect")>(() => require("./connect")).connect(settings, options),
  ) {
    this.options = options;
    this.timing = options.timing ?? systemTiming;
    this.waits = new Waits(this.timing);
    this.#connect = connect;
  }

  /** @throws SettingsError */
  get settings(): Settings {
    this.#settings ??= readSettings(this.options.config, this.options.env, this.options);
    return this.#settings;
  }

  get ens(): Caller {
    return this.#connections.ens;
  }

  get objects(): ObjectStorage {
    return this.#connections.objects;
  }

  get download(): Download {
    return this.#connections.download;
  }

  get #connections(): Connected {
    this.#connected ??= this.#connect(this.settings, this.options);
    return this.#connected;
  }
}
