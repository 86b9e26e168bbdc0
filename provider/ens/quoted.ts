import { asJson, printable } from "./printable";

/** Any value as an error quotes it: JSON, shortened. */
export function quoted(value: unknown): string {
  return value === undefined ? "nothing" : printable(asJson(value), 100);
}
