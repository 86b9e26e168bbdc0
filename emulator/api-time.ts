/** A time as the APIs write it: UTC, to the second. */
export function apiTime(time: Date): string {
  return time.toISOString().replace(/\.\d+/, "");
}
