/**
 * Text from the network, made safe for a terminal and for gRPC: without control characters (escape sequences, new
 * lines), bidirectional overrides, halves of surrogate pairs, and everything after `limit` characters.
 */
export function printable(value: unknown, limit = 300): string {
  const text = value === undefined || value === null ? "" : typeof value === "string" ? value : asJson(value);
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();
  // A cut within a character leaves half of it.
  return clean.length > limit ? `${clean.slice(0, limit).replace(/\p{Cs}$/u, "")}…` : clean;
}

/** A value as JSON, or its type where JSON fails: values from the network can be nested too deeply to be written. */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}
