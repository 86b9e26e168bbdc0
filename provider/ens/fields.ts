import { isRecord } from "./is-record";
import { quoted } from "./text/quoted";

/** What a text must be: in words, and as a test. */
export interface TextRule {
  /** `the name of a physical bucket` */
  readonly expected: string;
  test(text: string): boolean;
  /** Whether it must not be quoted in a fault. Default: false. */
  readonly secret?: boolean;
}

/** How many faults an error tells. */
const mostTold = 2;

/**
 * Reads the properties of an object that came from outside, and notes everything that is wrong with it. Look at
 * {@link faults} before you use what was read: if there are any, it must not be used.
 */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #faults: string[];
  readonly #clean: ((text: string) => string) | undefined;

  /** @param clean - Takes out of a quoted value what must not be shown. */
  constructor(object: unknown, clean?: (text: string) => string, path = "", faults: string[] = []) {
    this.#object = isRecord(object) ? object : {};
    this.#clean = clean;
    this.#path = path;
    this.#faults = faults;
  }

  /** What is wrong, each with the property, what was expected and what came. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  /** The same for an error: the first two, and how many more there are. */
  get told(): string {
    const more = this.faults.length - mostTold;
    return this.faults.slice(0, mostTold).join("; ") + (more > 0 ? ` and ${more} more` : "");
  }

  text(name: string, rule: TextRule): string {
    const value = this.#object[name];
    if (typeof value === "string" && rule.test(value)) return value;
    const came = rule.secret && value !== undefined ? "something else" : quoted(value, this.#clean);
    this.#fault(name, rule.expected, came);
    return "";
  }

  /** Null counts as left out. */
  optionalText(name: string, rule: TextRule): string | undefined {
    return (this.#object[name] ?? undefined) === undefined ? undefined : this.text(name, rule);
  }

  /** A text under each name. */
  texts(name: string, rule: TextRule): Readonly<Record<string, string>> {
    const value = this.#object[name];
    if (!isRecord(value)) {
      this.#fault(name, "an object", quoted(value, this.#clean));
      return {};
    }
    const inside = this.object(name);
    return Object.fromEntries(Object.keys(value).map((key) => [key, inside.text(key, rule)]));
  }

  /** Null counts as left out. */
  optionalList(name: string): readonly unknown[] | undefined {
    const value = this.#object[name] ?? undefined;
    if (value === undefined || Array.isArray(value)) return value;
    this.#fault(name, "a list", quoted(value, this.#clean));
    return undefined;
  }

  /** The fields of a nested object. Its faults are also faults of this object. */
  object(name: string): Fields {
    return new Fields(this.#object[name], this.#clean, `${this.#path}${name}.`, this.#faults);
  }

  /** Null counts as left out. */
  optionalObject(name: string): Fields | undefined {
    return (this.#object[name] ?? undefined) === undefined ? undefined : this.object(name);
  }

  /** An object as it is. Null counts as left out. */
  optionalRecord(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#object[name] ?? undefined;
    if (value === undefined || isRecord(value)) return value;
    this.#fault(name, "an object", quoted(value, this.#clean));
    return undefined;
  }

  /** The fields of each object of a list. Null counts as an empty one. */
  objects(name: string): readonly Fields[] {
    return (this.optionalList(name) ?? []).map(
      (object, index) => new Fields(object, this.#clean, `${this.#path}${name}[${index}].`, this.#faults),
    );
  }

  /** A whole number from 0, which may come as a text. */
  optionalCount(name: string): number | undefined {
    const value = this.#object[name] ?? undefined;
    if (value === undefined) return undefined;
    const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
    this.#fault(name, "a whole number", quoted(value, this.#clean));
    return undefined;
  }

  /** Null counts as left out. */
  optionalFlag(name: string): boolean | undefined {
    const value = this.#object[name] ?? undefined;
    if (value === undefined || typeof value === "boolean") return value;
    this.#fault(name, "true or false", quoted(value, this.#clean));
    return undefined;
  }

  #fault(name: string, expected: string, came: string): void {
    this.#faults.push(`${this.#path}${name} should be ${expected}, got ${came}`);
  }
}

/** For a text that may be anything. It is not quoted in a fault, since state can hold secrets. */
export const anyText: TextRule = { expected: "a text", test: () => true, secret: true };
