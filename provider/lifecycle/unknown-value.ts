/** Stands in the properties of a preview for a value that only the update will know. */
export const unknownValue: unique symbol = Symbol("a value that is not known yet");
