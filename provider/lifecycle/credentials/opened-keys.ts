import { type KeySource, type Keys, sameKeys } from "../../ens/keys";
import { singleFlight } from "./single-flight";

/** Gives the keys of something that was opened, as often as it is asked. */
type Ask = () => Promise<Keys>;

/**
 * Keys of a source that is opened once and asked for every attempt. What failed, or gave keys that were refused, is
 * not asked again but opened anew: the vendor's providers keep what they read, a chain of them sticks to the link
 * that failed last, and a session that cannot be renewed is served past its end.
 */
export function openedKeys(origin: string, open: () => Promise<Ask>): KeySource {
  let current: Opening | undefined;
  return {
    origin,
    getKeys: async () => {
      current ??= new Opening(open);
      const asked = current;
      try {
        return await asked.getKeys();
      } catch (error) {
        if (current === asked) current = undefined;
        throw error;
      }
    },
    discard: (refused) => {
      // Calls that were refused together come one after another: what the first of them renewed stays.
      if (current?.gave(refused)) current = undefined;
    },
  };
}

class Opening {
  /** The vendor's providers fail when first asked by several at once. */
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
