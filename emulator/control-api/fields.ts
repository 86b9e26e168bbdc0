/** The fields of a JSON object; what is wrong with one is said with its name, what was expected and what came. */
export class Fields {
  readonly #body: Readonly<Record<string, unknown>>;
  readonly #path: string;

  /** Fields beyond `known` are refused: a misspelt one would otherwise count as left out. */
  constructor(body: unknown, known: readonly string[], path = "") {
    this.#path = path;
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
      throw new Error(`${path === "" ? "The body" : path.slice(0, -1)} should be a JSON object.`);
    }
    this.#body = body as Readonly<Record<string, unknown>>;
    const stranger = Object.keys(body).find((name) => !known.includes(name));
    if (stranger !== undefined) {
      throw new Error(`${path}${stranger} is unknown; there is ${known.join(", ") || "no field"}.`);
    }
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#fail(name, "a text");
  }

  optionalText(name: string): string | undefined {
    const value = this.#body[name];
    return value === undefined || typeof value === "string" ? value : this.#fail(name, "a text");
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const found = values.find((value) => value === this.#body[name]);
    return found ?? this.#fail(name, `one of ${values.join(", ")}`);
  }

  optionalOneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    return this.#body[name] === undefined ? undefined : this.oneOf(name, values);
  }

  optionalInteger(name: string, least: number, most: number): number | undefined {
    const value = this.#body[name];
    if (value === undefined) return undefined;
    const fits = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
    return fits ? value : this.#fail(name, `a whole number from ${least} to ${most}`);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#body[name];
    return value === undefined || typeof value === "boolean" ? value : this.#fail(name, "true or false");
  }

  optionalDate(name: string): Date | undefined {
    const text = this.optionalText(name);
    if (text === undefined) return undefined;
    const date = new Date(text);
    return Number.isNaN(date.getTime()) ? this.#fail(name, "an ISO 8601 date") : date;
  }

  optionalTexts(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.#body[name];
    if (value === undefined) return undefined;
    const texts = typeof value === "object" && value !== null && !Array.isArray(value);
    if (texts && Object.values(value).every((one) => typeof one === "string")) {
      return value as Readonly<Record<string, string>>;
    }
    return this.#fail(name, "an object of texts");
  }

  /** An object with one of a few words under every name. */
  optionalWords<T extends string>(
    name: string,
    words: readonly T[],
  ): Readonly<Record<string, T>> | undefined {
    const texts = this.optionalTexts(name);
    if (texts === undefined) return undefined;
    const fields = new Fields(texts, Object.keys(texts), `${this.#path}${name}.`);
    return Object.fromEntries(Object.keys(texts).map((one) => [one, fields.oneOf(one, words)]));
  }

  optionalFields(name: string, known: readonly string[]): Fields | undefined {
    const value = this.#body[name];
    return value === undefined ? undefined : new Fields(value, known, `${this.#path}${name}.`);
  }

  optionalList(name: string, known: readonly string[]): readonly Fields[] | undefined {
    const value = this.#body[name];
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) return this.#fail(name, "a list");
    return value.map((one, index) => new Fields(one, known, `${this.#path}${name}[${index}].`));
  }

  #fail(name: string, expected: string): never {
    const came = JSON.stringify(this.#body[name]) ?? "nothing";
    throw new Error(`${this.#path}${name} should be ${expected}, got ${came}.`);
  }
}
