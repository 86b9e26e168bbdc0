import { asJson, printable } from "./printable";

/** Any value as an error shows it: JSON, shortened. */
export function shown(value: unknown): string {
  return value === undefined ? "nothing" : printable(asJson(value), 100);
}
