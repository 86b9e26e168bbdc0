import { printable } from "./printable";

/** A property's place in a path, as Pulumi writes it: `.berlin`, `["eu.west"]`. */
export function pathTo(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${printable(JSON.stringify(key), 200)}]`;
}
