import { setMaxListeners } from "node:events";
import type { EmulatorOptions } from "../../emulator";
import { World } from "../../emulator/world/world";
import type { Action } from "../../provider/ens/action";
import type { Caller } from "../../provider/ens/client";
import { anyLifecycle } from "../../provider/lifecycle/any-lifecycle";
import { Deployment } from "../../provider/lifecycle/deployment";
import type { Call, Properties } from "../../provider/lifecycle/lifecycle";
import { readSettings } from "../../provider/lifecycle/settings/settings";
import { check } from "../../provider/resources/bucket/check";
import { bucket } from "../../provider/resources/bucket/lifecycle";
import { callerIn } from "../../testing/emulated-ens";
import { VirtualTime } from "./virtual-time";

/** What happens to a call instead of what would: `undefined` lets it pass. */
export type Interruption = (action: string, act: () => Promise<unknown>) => Promise<unknown> | undefined;

/** The lifecycle of `Bucket` in front of an emulator in memory, with time that passes only when it is waited for. */
export class BucketLifecycle {
  readonly time = new VirtualTime();
  readonly world: World;
  /** What was told. */
  readonly lines: string[] = [];
  /** The actions that were called, in order. */
  readonly called: string[] = [];
  readonly cancel = new AbortController();
  interruption: Interruption = () => undefined;
  readonly lifecycle = anyLifecycle(bucket);
  readonly #config: Readonly<Record<string, string>>;
  readonly #deployment = new Deployment();

  constructor(options: EmulatorOptions = {}, config: Readonly<Record<string, string>> = {}) {
    this.#config = config;
    setMaxListeners(0, this.cancel.signal);
    const clock = () => new Date(Date.UTC(2026, 0, 1) + this.time.now());
    this.world = new World({ ...options, clock }, { objectEndpoint: "eos.aliyuncs.com" });
  }

  /** The inputs as check leaves them; what it refuses, as a list of `property: reason`. */
  check(inputs: Properties, olds: Properties = {}): Properties {
    const checked = check(inputs, { olds, autoName: "auto-1234567", deployment: this.#deployment });
    if (checked.failures.length > 0) {
      throw new Error(checked.failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    }
    return checked.inputs;
  }

  async create(inputs: Properties): Promise<Properties> {
    const { state } = await this.run((call) => this.lifecycle.create(this.check(inputs), call));
    return { ...state };
  }

  async update(olds: Properties, inputs: Properties): Promise<Properties> {
    const news = this.check(inputs, olds);
    return { ...(await this.run((call) => this.lifecycle.update("id", olds, news, call))) };
  }

  read(state: Properties) {
    return this.run((call) => this.lifecycle.read("id", state, call));
  }

  /** As `get` and an import do. */
  find(inputs: Properties) {
    return this.run((call) => this.lifecycle.find?.state(inputs, call) ?? Promise.reject());
  }

  delete(state: Properties): Promise<void> {
    return this.run((call) => this.lifecycle.delete(state, call));
  }

  /** Runs work while time passes, and forgets what was told and called before. */
  run<T>(work: (call: Call) => Promise<T>): Promise<T> {
    this.lines.length = 0;
    this.called.length = 0;
    return this.time.run(work(this.#call()));
  }

  #call(): Call {
    const settings = readSettings((key) => this.#config[key], {});
    const ens = callerIn(this.world, settings.howToSet);
    const call: Caller["call"] = <R, A>(action: Action<R, A>, request: R): Promise<A> => {
      this.called.push(action.name);
      const act = () => ens.call(action, request);
      return (this.interruption(action.name, act) as Promise<A> | undefined) ?? act();
    };
    return {
      settings,
      ens: { call },
      objects: {
        call: ({ name }) => Promise.reject(new Error(`${name} needs a storage that listens.`)),
        tryOnce: async () => {},
      },
      secrets: new Set(),
      ignored: new Set(),
      shown: (value) => value,
      tell: (line) => this.lines.push(line),
      waitingFor: (_what, work) => work(),
      signal: this.cancel.signal,
      timing: this.time,
      deployment: this.#deployment,
      download: (url) => Promise.reject(new Error(`Nothing should be read from ${url}.`)),
    };
  }
}
