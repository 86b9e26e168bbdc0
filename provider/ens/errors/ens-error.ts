/**
 * Every error of this package has this property. The symbol is global, so that one installed copy of the package
 * recognises the errors of another: two copies have different classes.
 */
const kinds = Symbol.for("pulumi-alicloud-ens/error-kinds");

/** The names of the error classes. */
export type EnsErrorKind =
  | "EnsError"
  | "AnswerError"
  | "ApiError"
  | "CancelledError"
  | "ConnectionError"
  | "CredentialsError"
  | "InstallationError"
  | "PartialFailure"
  | "ProgramError"
  | "SettingsError"
  | "UploadTargetError";

/** An error class of this package. */
interface ErrorClass<T extends EnsError> {
  readonly kind: string;
  readonly prototype: T;
}

/**
 * The base of everything this package throws.
 *
 * @example
 * ```ts
 * import * as ens from "pulumi-alicloud-ens";
 *
 * export function explain(error: unknown): string {
 *   return ens.EnsError.isInstance(error) ? `uploads: ${error.message}` : String(error);
 * }
 * ```
 */
export class EnsError extends Error {
  static readonly kind: EnsErrorKind = "EnsError";
  /** The name of the error's class: `"ApiError"`. */
  declare readonly kind: EnsErrorKind;

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    const names: string[] = [];
    for (let type = new.target; type.kind !== undefined; type = Object.getPrototypeOf(type)) {
      names.push(type.kind);
    }
    Object.defineProperty(this, kinds, { value: names });
    Object.defineProperty(this, "kind", { value: new.target.kind });
    this.name = new.target.kind;
  }

  /** Whether `value` is an error of this class or a subclass of it, also one thrown by another copy of the package. */
  static isInstance<T extends EnsError>(this: ErrorClass<T>, value: unknown): value is T {
    const names: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, kinds) : undefined;
    return Array.isArray(names) && names.includes(this.kind);
  }
}
