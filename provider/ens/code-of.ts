/** The code that Node or OpenSSL gave an error, such as `ECONNRESET` or `MODULE_NOT_FOUND`. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : undefined;
}
