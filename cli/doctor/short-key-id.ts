import { printable } from "../../provider/ens/text/printable";

/** Enough of an access key's id to tell it from others: `LTAI…x3f9`. */
export function shortKeyId(id: string): string {
  return id.length < 12 ? "***" : `${printable(id.slice(0, 4))}…${printable(id.slice(-4))}`;
}
