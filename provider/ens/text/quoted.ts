import { asJson, printable } from "./printable";

/** Any value as an error quotes it: JSON, shortened after `clean` has taken out what must not be shown. */
export function quoted(value: unknown, clean = (text: string) => text): string {
  return value === undefined ? "nothing" : printable(clean(asJson(value)), 100);
}
