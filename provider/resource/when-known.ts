import type { Output } from "@pulumi/pulumi";

/**
 * An output made from others. Where `--target` leaves a resource out, or mocks give no outputs, Pulumi's outputs have
 * no value, although their types do not say so. Then this output has no value either.
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
