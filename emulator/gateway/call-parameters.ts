import { Refusal } from "../refusal";
import { refuseInvalid } from "./refuse-invalid";
import { refuseMissing } from "./refuse-missing";

/** The parameters of a call. One that is missing or wrong refuses the call, with the vendor's code for it. */
export class CallParameters {
  readonly #values = new Map<string, string>();

  constructor(pairs: Iterable<readonly [string, string]>) {
    for (const [name, value] of pairs) {
      // The query comes before the form, and counts.
      if (!this.#values.has(name)) this.#values.set(name, value);
    }
  }

  text(name: string): string {
    return this.#values.get(name) || refuseMissing(name);
  }

  optionalText(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** One of a few words. */
  word<T extends string>(name: string, words: readonly T[]): T {
    return this.optionalWord(name, words) ?? refuseMissing(name);
  }

  optionalWord<T extends string>(name: string, words: readonly T[]): T | undefined {
    const text = this.#values.get(name);
    if (text === undefined || text === "") return undefined;
    return words.find((word) => word === text) ?? refuseInvalid(name);
  }

  optionalInteger(name: string, least: number, most: number): number | undefined {
    const text = this.#values.get(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Refusal(`InvalidParameter.${name}`, 400, `The specified ${name} is invalid.`);
  }
}
