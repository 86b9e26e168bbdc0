import { printable } from "./printable";

/** A URL without its query, which can be what gives access, and without a user and a password. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return printable(origin + pathname);
}
