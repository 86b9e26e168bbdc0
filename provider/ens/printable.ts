/**
 * Text of the network made fit for a terminal: control characters (escape sequences, new lines), bidirectional
 * overrides and everything past `limit` characters are taken out.
 */
export function printable(value: unknown, limit = 300): string {
  const text = typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}
