import type { KeySource, Keys } from "../../ens/keys";
import { sameKeys } from "../../ens/keys";
import { singleFlight } from "./single-flight";

/** Asks a source that was opened for its keys; may be called again and again. */
type Ask = () => Promise<Keys>;

/**
 * Keys of a source that is opened once, and asked before every attempt. A source that failed, or gave keys that were
 * refused, is opened again before it is asked again: the sources of the vendor's library keep what they read, its chain
 * sticks to the link that failed last, and it still gives a session that has ended and cannot be renewed.
 */
export function openedKeys(from: Pick<KeySource, "origin" | "places">, open: () => Promise<Ask>): KeySource {
  let current: OpenedSource | undefined;
  return {
    ...from,
    getKeys: async () => {
      current ??= new OpenedSource(open);
      const source = current;
      try {
        return await source.getKeys();
      } catch (error) {
        if (current === source) current = undefined;
        throw error;
      }
    },
    discard: (refused) => {
      // Calls that were refused together come here one after another. What the first of them renewed must stay.
      if (current?.gave(refused)) current = undefined;
    },
  };
}

class OpenedSource {
  /** One caller at a time: the vendor's sources fail when several ask first at the same moment. */
  readonly getKeys: Ask;
  #given: Keys | undefined;

  constructor(open: () => Promise<Ask>) {
    let ask: Ask | undefined;
    this.getKeys = singleFlight(async () => {
      ask ??= await open();
      this.#given = await ask();
      return this.#given;
    });
  }

  gave(keys: Keys): boolean {
    return this.#given !== undefined && sameKeys(this.#given, keys);
  }
}
