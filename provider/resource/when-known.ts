import type { Output } from "@pulumi/pulumi";

/**
 * An output made of others. Where `--target` leaves a resource out, or mocks give no outputs, the outputs of Pulumi have
 * no value, though their types do not say so; then neither has this one.
 */
export function whenKnown<Values extends readonly unknown[], T>(
  values: Output<Values>,
  make: (...values: Values) => T,
): Output<T> {
  const made = values.apply((known) =>
    known.some((value) => value === undefined) ? undefined : make(...known),
  );
  return made as Output<T>;
}
