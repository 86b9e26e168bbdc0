import { printable } from "../../ens/printable";

/** A word of a command that users copy, quoted where a shell would take it apart. */
export function shellWord(text: string): string {
  const word = printable(text);
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
