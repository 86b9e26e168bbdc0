import type { SettingProblem } from "../../ens/errors";
import { isRecord } from "../../ens/is-record";
import { nearestName } from "../../ens/text/nearest-name";
import { printable } from "../../ens/text/printable";
import type { Found, Lookup } from "./lookup";
import { environmentRank } from "./lookup";
import { parseJson } from "./parse-json";
import type { SettingName } from "./variables";

const roleArnForm = "acs:ram::<account id>:role/<role name>";

/** What a part of a role may be. */
export interface PartRule {
  /** In words. */
  readonly expected: string;
  test(text: string): boolean;
  /** A value for remedies. */
  readonly example: string | number;
  /** Whether messages must not show what it is. */
  readonly secret?: true;
}

export const roleArnRule: PartRule = {
  expected: roleArnForm,
  test: (text) => /^acs:ram::\d+:role\/[\w.-]+$/.test(text),
  example: roleArnForm,
};

const sessionNameRule: PartRule = {
  expected: "2 to 64 letters, digits and . @ - _",
  test: (text) => /^[\w.@-]{2,64}$/.test(text),
  example: "<name>",
};

const policyRule: PartRule = {
  expected: "a RAM policy as JSON text",
  test: () => true,
  example: "<policy>",
};

export const textRule: PartRule = { expected: "a text", test: () => true, example: "<value>" };

/** How long a session may last. */
export const sessionSeconds = { least: 900, most: 43_200, byDefault: 3600 };

export const defaultSessionName = "pulumi-alicloud-ens";

/** The session of a role that is wanted. */
export interface WantedSession {
  /** Shown in audit logs. */
  readonly sessionName: string;
  /** A policy that narrows the role's permissions further. */
  readonly policy?: string;
  /** How long a session lasts, in seconds. */
  readonly sessionExpiration: number;
}

/** What says that there is a role: the object, or a variable that stands for one of its parts. */
export interface RoleOptions {
  readonly name: "assumeRole" | "assumeRoleWithOidc";
  readonly found: Found;
  /** All parts, each with the setting whose variables stand for it where the object lacks it. */
  readonly parts: Readonly<Record<string, SettingName | undefined>>;
  readonly problems: SettingProblem[];
}

/** The parts of a role, each from the object or from its variable, as the official provider takes them. */
export class RoleParts {
  readonly #lookup: Lookup;
  readonly #options: RoleOptions;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(lookup: Lookup, options: RoleOptions) {
    this.#lookup = lookup;
    this.#options = options;
    const { name, found, parts } = options;
    this.#values = found.rank < environmentRank ? this.#read() : {};
    const known = Object.keys(parts);
    // A misspelt part would choose another account without a word.
    for (const part of Object.keys(this.#values).filter((one) => !known.includes(one))) {
      const place = this.#at(printable(part, 60));
      const nearest = nearestName(part, known);
      this.#problem(
        place,
        "it is not known",
        `${nearest === undefined ? "" : `Did you mean ${nearest}? `}Rename it, or ${place.howToRemove}. The parts of ${name} are ${known.join(", ")}.`,
      );
    }
  }

  /** Whether the object has nothing that could be read. */
  get isEmpty(): boolean {
    return Object.keys(this.#values).length === 0;
  }

  /** A part that has to be there. */
  text(part: string, rule: PartRule): string {
    const text = this.optionalText(part, rule);
    if (text !== undefined) return text;
    const place = this.#at(part);
    this.#refuse({ ...place, from: this.#options.found.from }, rule, "nothing");
    return "";
  }

  optionalText(part: string, rule: PartRule): string | undefined {
    const { value, place } = this.find(part);
    if (value === undefined) return undefined;
    if (typeof value === "string" && rule.test(value)) return value;
    this.#refuse(place, rule, rule.secret ? "something else" : `"${printable(value, 80)}"`);
    return "";
  }

  /** @param namePart - What the session's name is called. */
  session(namePart: string): WantedSession {
    const sessionName = this.optionalText(namePart, sessionNameRule) ?? defaultSessionName;
    const sessionExpiration = this.#seconds("sessionExpiration", sessionSeconds);
    const policy = this.optionalText("policy", policyRule);
    return { sessionName, sessionExpiration, ...(policy !== undefined ? { policy } : {}) };
  }

  /** A number, or one as text: variables and `pulumi config set --path` make it a text. */
  #seconds(
    part: string,
    rule: { readonly least: number; readonly most: number; readonly byDefault: number },
  ): number {
    const { least, most, byDefault } = rule;
    const { value = byDefault, place } = this.find(part);
    const seconds = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
    if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds;
    const expected = `whole seconds from ${least} to ${most}`;
    this.#refuse(place, { expected, example: byDefault }, `"${printable(value, 80)}"`);
    return byDefault;
  }

  /** A part as it was found, and where; where it was not found, `place` is where it belongs. */
  find(part: string): { readonly value?: unknown; readonly place: Found } {
    const value = Object.hasOwn(this.#values, part) ? this.#values[part] : undefined;
    if (value !== undefined && value !== "") return { value, place: this.#at(part) };
    const variable = this.#options.parts[part];
    const found = variable && this.#lookup.find(variable);
    return found === undefined ? { place: this.#at(part) } : { value: found.value, place: found };
  }

  #read(): Readonly<Record<string, unknown>> {
    const { found } = this.#options;
    const parsed = parseJson(found.value);
    // In Terraform, which the official provider comes from, this is a list of one; stacks from there still have it.
    const role: unknown = Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : parsed;
    if (isRecord(role)) return role;
    this.#problem(found, "expected an object", `Set it: ${this.#at("roleArn").howToSet(roleArnForm)}.`);
    return {};
  }

  #at(part: string): Found {
    return this.#options.found.at(`${this.#options.name}.${part}`);
  }

  #refuse(place: Found, { expected, example }: Pick<PartRule, "expected" | "example">, got: string): void {
    this.#problem(place, `expected ${expected}, got ${got}`, `Set it: ${place.howToSet(example)}.`);
  }

  #problem(place: Found, what: string, remedy: string): void {
    this.#options.problems.push({ setting: place.label, reason: `${what} (${place.from}).\n${remedy}` });
  }
}
