import * as pulumi from "@pulumi/pulumi";

/**
 * Tells the provider which inputs are secrets, since Pulumi hands it all values in clear: those it must not show, and
 * nothing made of them. `clientIps.*` is an input that is no secret as a whole, but has one inside. Undefined where there
 * are none, so that state holds no word of it.
 */
export function secretInputs(
  inputs: Readonly<Record<string, pulumi.Input<unknown>>>,
): pulumi.Output<readonly string[] | undefined> {
  const names = Object.entries(inputs).map(async ([name, value]) =>
    (await holdsSecret(value)) ? [isContainer(value) ? `${name}.*` : name] : [],
  );
  const secret = Promise.all(names).then((found) => found.flat());
  return pulumi.output(secret.then((found) => (found.length > 0 ? found : undefined)));
}

/** Whether an input is a secret, or has one inside. */
export async function holdsSecret(value: pulumi.Input<unknown>): Promise<boolean> {
  // Most are plain text, and asking Pulumi about those was a twelfth of what a resource costs a program.
  if (value === undefined || typeof value === "string") return false;
  // An input that fails is reported where it is used.
  return pulumi.isSecret(pulumi.output(value)).catch(() => false);
}

/** Whether an input is an object or a list of the program's own, whose names and length are plain to see. */
function isContainer(value: pulumi.Input<unknown>): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !pulumi.Output.isInstance(value) &&
    !(value instanceof Promise)
  );
}
