import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Emulator } from "../../emulator";
import { anyLifecycle } from "../../provider/lifecycle/any-lifecycle";
import type { Difference, Properties } from "../../provider/lifecycle/lifecycle";
import { PartialFailure } from "../../provider/lifecycle/partial-failure";
import { bucketFolder } from "../../provider/resources/bucket-folder/lifecycle";
import type { BucketCall } from "./bucket-call";
import { bucketCall } from "./bucket-call";

const lifecycle = anyLifecycle(bucketFolder);

/** A stack with one BucketFolder, which is brought up, refreshed and destroyed as the engine does it. */
export class FolderStack {
  readonly #emulator: Emulator;
  readonly #claimant: string;
  /** What the program gives. */
  inputs: Properties;
  #id = "";
  #inputs: Properties = {};
  #state: Properties | undefined;
  /** What was told, by the last command. */
  lines: readonly string[] = [];

  constructor(emulator: Emulator, inputs: Properties, claimant = 'BucketFolder "site"') {
    this.#emulator = emulator;
    this.inputs = inputs;
    this.#claimant = claimant;
  }

  get id(): string {
    return this.#id;
  }

  get state(): Properties | undefined {
    return this.#state;
  }

  /** The inputs that check leaves, and what they mean for state. */
  async preview(
    call = this.call(),
  ): Promise<{ readonly inputs: Properties; readonly difference: Difference }> {
    const olds = this.#inputs;
    const checked = await lifecycle.check(this.inputs, { ...call, olds, claimant: this.#claimant });
    this.lines = call.lines;
    assert.deepEqual(checked.failures, []);
    const inputs = stored(checked.inputs);
    const isNew = this.#state === undefined;
    const difference = isNew
      ? { changed: ["everything"], replaces: [] }
      : lifecycle.diff(this.#state ?? {}, inputs, { ...call, secretsBefore: call.secrets });
    return { inputs, difference };
  }

  /** @returns what changed */
  async up(call = this.call()): Promise<readonly string[]> {
    const { inputs, difference } = await this.preview(call);
    await this.apply(inputs, difference, call);
    return difference.changed;
  }

  /** The second half of `up`. */
  async apply(inputs: Properties, { changed }: Difference, call = this.call()): Promise<void> {
    this.lines = call.lines;
    if (changed.length === 0) return;
    try {
      if (this.#state === undefined) {
        const { id, state } = await lifecycle.create(inputs, call);
        this.#id = id;
        this.#state = stored(state);
      } else {
        this.#state = stored(await lifecycle.update(this.#id, this.#state, inputs, call));
      }
      this.#inputs = inputs;
    } catch (error) {
      if (PartialFailure.isInstance(error)) {
        this.#id = error.id;
        this.#state = stored(error.state);
        this.#inputs = inputs;
      }
      throw error;
    }
  }

  /** @returns what moved */
  async refresh(call = this.call()): Promise<readonly string[] | "same" | "gone"> {
    this.lines = call.lines;
    const found = await lifecycle.read(this.#id, this.#state ?? {}, call);
    if (found === "same" || found === "gone") return found;
    const state = stored(found.state);
    assert.ok(!isDeepStrictEqual(state, this.#state), "it moved, so it is another one");
    this.#state = state;
    return found.moved;
  }

  async destroy(call = this.call()): Promise<void> {
    this.lines = call.lines;
    await lifecycle.delete(this.#state ?? {}, call);
    this.#state = undefined;
    this.#inputs = {};
  }

  call(settings: Readonly<Record<string, string>> = {}): BucketCall {
    return bucketCall(this.#emulator, settings);
  }
}

/** As they come back from state. */
function stored(properties: object): Properties {
  return JSON.parse(JSON.stringify(properties));
}
