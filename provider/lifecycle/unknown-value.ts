/** Stands in the properties of a preview for a value that only the update will know. */
export const unknownValue: unique symbol = Symbol("a value that is not known yet");

/** Whether a value is not known, or something inside of it. */
export function holdsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}
