/** `4.2`, of a number of bytes. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
