/**
 * What a value that is not known in preview arrives as (`unknownValue` of Pulumi's runtime, written here so that
 * the provider process need not load the runtime for it).
 */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether `value` is one that only the update will know. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}
