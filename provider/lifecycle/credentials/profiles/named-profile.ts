import { CredentialsError } from "../../../ens/errors";
import { isKeyPart } from "../../../ens/keys";
import { printable } from "../../../ens/text/printable";

/** A file of profiles, as messages speak of it. */
export interface ProfilePlace {
  readonly path: string;
  /** Which setting or variable names the profile or the file. */
  readonly origin: string;
  /** How the user writes a profile there, for remedies. */
  readonly howToWrite: (name: string, mode?: string) => string;
  /** What the file calls fields that have another name here. */
  readonly fieldNames?: Readonly<Record<string, string>>;
  /** The same for modes; the file has no others. */
  readonly modeNames?: Readonly<Record<string, string>>;
}

/** A profile as its file has it. */
export interface ProfileFields {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One profile, read field by field. No error holds the value of a field, but for names of other profiles. */
export class NamedProfile {
  readonly name: string;
  readonly place: ProfilePlace;
  readonly #mode: string;
  /** What the mode takes keys from, in words. */
  readonly #means: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor({ name, fields }: ProfileFields, place: ProfilePlace, mode: string, means: string) {
    this.name = name;
    this.#fields = fields;
    this.place = place;
    this.#mode = mode;
    this.#means = means;
  }

  /** `profile "dev" of /home/me/.aliyun/config.json` */
  get title(): string {
    return `profile "${printable(this.name, 80)}" of ${this.place.path}`;
  }

  /** `mode AK`, in the words of the file. */
  get mode(): string {
    return `${this.nameOf("mode")} ${this.place.modeNames?.[this.#mode] ?? this.#mode}`;
  }

  /** @param what - goes on from the profile and its mode: `, but its sign-in has expired` */
  problem(what: string, remedy: string): CredentialsError {
    return new CredentialsError({
      what: `The ${this.title} has ${this.mode} (${this.#means})${what}.`,
      remedy: `${remedy}.`,
    });
  }

  /** How the user writes this profile again, in its mode or in another. */
  configure(mode = this.#mode): string {
    return this.place.howToWrite(this.name, mode);
  }

  text(field: string): string | undefined {
    const value = this.#fields[field];
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  }

  /** @throws CredentialsError naming each that the profile lacks */
  required<Field extends string>(...fields: readonly Field[]): Readonly<Record<Field, string>> {
    const missing = fields.filter((field) => this.text(field) === undefined);
    if (missing.length > 0) {
      throw this.problem(
        `, but it is incomplete: it lacks ${missing.map((field) => this.nameOf(field)).join(", ")}`,
        `Complete it: ${this.configure()}`,
      );
    }
    return Object.fromEntries(fields.map((field) => [field, this.text(field)])) as Record<Field, string>;
  }

  /** The same for parts of a key. */
  requiredKeyParts<Field extends string>(...fields: readonly Field[]): Readonly<Record<Field, string>> {
    const parts = this.required(...fields);
    const [broken] = fields.filter((field) => !isKeyPart(parts[field]));
    if (broken !== undefined) {
      throw this.problem(
        `, but its ${this.nameOf(broken)} is no part of a key: expected letters, digits and signs without a space or a new line`,
        `Set it again: ${this.configure()}`,
      );
    }
    return parts;
  }

  /** What the file calls a field. */
  nameOf(field: string): string {
    return this.place.fieldNames?.[field] ?? field;
  }

  /** A number that stands there as such or as text; `undefined` where there is none, or 0, which aliyun takes for none. */
  number(field: string): number | undefined {
    const value = this.#fields[field];
    const number = typeof value === "string" || typeof value === "number" ? Number(value) : 0;
    return Number.isFinite(number) && number > 0 ? number : undefined;
  }

  /** A time, which aliyun keeps as seconds, in milliseconds. */
  time(field: string): number | undefined {
    const seconds = this.number(field);
    return seconds !== undefined && seconds * 1000 <= 8.64e15 ? seconds * 1000 : undefined;
  }
}

/** `2026-01-31T12:00:00Z` */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+/, "");
}
