import assert from "node:assert/strict";
import { World } from "../../../emulator/world/world";
import type { Caller } from "../../../provider/ens/client";
import type { CallSoFar } from "../../../provider/ens/retry/call-so-far";
import type { ObjectStorage } from "../../../provider/eos/object-storage";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { Session } from "../../../provider/lifecycle/session";
import { resources } from "../../../provider/resources/registry";
import { callerIn } from "../../../testing/emulated-ens";
import { objectsIn } from "../../../testing/emulated-objects";
import { Folder } from "../../support/folder";
import { type ClassName, scenarios } from "../../support/plugin-scenarios";
import { VirtualTime } from "../../support/virtual-time";

type Step = "create" | "read" | "update" | "delete";
const steps: readonly Step[] = ["create", "read", "update", "delete"];

/** One resource whose life goes by in no time, except that one call is never answered. */
class HangingLife {
  readonly time = new VirtualTime();
  readonly lines: string[] = [];
  readonly #world = new World({ buckets: ["media-assets"] }, { objectEndpoint: "eos.aliyuncs.com" });
  readonly #provider: ReturnType<typeof dynamicProvider>;
  readonly #folder: Folder;
  readonly #className: ClassName;
  #callsToHang = Number.POSITIVE_INFINITY;
  #hangs = () => {};
  #told: ((line: string) => void) | undefined;

  constructor(className: ClassName, folder: Folder) {
    this.#className = className;
    this.#folder = folder;
    const tell = (line: string) => {
      this.lines.push(line);
      this.#told?.(line);
    };
    const { signal } = new AbortController();
    const options = { config: () => undefined, env: {}, tell, signal, timing: this.time };
    const session = new Session(options, ({ howToSet }) => {
      const ens = callerIn(this.#world, howToSet);
      const objects = objectsIn(this.#world, howToSet);
      const callEns: Caller["call"] = (...args) => this.#orHang(args[3], () => ens.call(...args));
      const callObjects: ObjectStorage["call"] = (...args) =>
        this.#orHang(args[3], () => objects.call(...args));
      const download = (url: string) => Promise.reject(new Error(`Nothing should be read from ${url}.`));
      return { ens: { call: callEns }, objects: { ...objects, call: callObjects }, download };
    });
    this.#provider = dynamicProvider(resources[className], { session, configure: async () => {} });
  }

  /**
   * Lives up to a step, of which the call with this number, from 1, is never answered. Gives the first line after that and
   * how many seconds it took; `undefined` where the step makes no more calls.
   */
  async hangIn(step: Step, number: number): Promise<{ line: string; seconds: number } | undefined> {
    const { inputs, edited } = scenarios(this.#folder)[this.#className];
    const news = await this.#check(inputs, {});
    const state = step === "create" ? {} : (await this.#run(this.#provider.create(news))).outs;
    const newer = step === "update" ? await this.#check(edited, news) : {};
    this.#callsToHang = number;
    let hangsSince = 0;
    const told = new Promise<string>((resolve) => {
      this.#hangs = () => {
        hangsSince = this.time.now();
        this.#told = resolve;
      };
    });
    const done = {
      create: () => this.#provider.create(news),
      read: () => this.#provider.read("id", state),
      update: () => this.#provider.update("id", state, newer),
      delete: () => this.#provider.delete("id", state),
    }
      [step]()
      .then(() => undefined);
    const line = await this.#run(Promise.race([told, done]));
    return line === undefined ? undefined : { line, seconds: (this.time.now() - hangsSince) / 1000 };
  }

  async #check(inputs: object, olds: object): Promise<object> {
    const { inputs: checked, failures } = await this.#run(
      this.#provider.check(olds, { ...inputs, autoName: "media-1234567" }),
    );
    assert.deepEqual(failures ?? [], []);
    return checked;
  }

  #run<T>(work: Promise<T>): Promise<T> {
    return this.time.run(work);
  }

  #orHang<T>(soFar: CallSoFar | undefined, call: () => Promise<T>): Promise<T> {
    if (soFar !== undefined) soFar.waitsFor = "answer";
    this.#callsToHang -= 1;
    if (this.#callsToHang !== 0) return call();
    this.#hangs();
    return new Promise(() => {});
  }
}

describe("a call that is not answered is told in less than four seconds", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  for (const className of Object.keys(resources) as ClassName[]) {
    it(`whichever call of a ${className} it is`, async () => {
      let calls = 0;
      for (const step of steps) {
        for (let number = 1; ; number += 1) {
          const told = await new HangingLife(className, folder).hangIn(step, number);
          if (told === undefined) break;
          calls += 1;
          assert.ok(told.seconds <= 4, `${step}, call ${number}: "${told.line}" after ${told.seconds} s`);
          assert.match(
            told.line,
            /: waiting (for the answer of|until) .* \(\d+ s so far\)$|\d of \d+ (sites|files|objects)|MB$/,
          );
        }
      }
      assert.ok(calls > 0);
    });
  }
});
