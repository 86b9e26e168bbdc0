import * as pulumi from "@pulumi/pulumi";

/**
 * Tells the provider which inputs are secrets, since Pulumi gives it all values in clear. It must not show these, nor
 * anything made from them. `clientIps.*` names an input that is not a secret as a whole, but has a secret inside.
 * Undefined where there are no secrets, so that state has no such property.
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
  // Most inputs are plain text, and asking Pulumi about those was a twelfth of what a resource costs a program.
  if (value === undefined || typeof value === "string") return false;
  // An input that fails is reported where it is used.
  return pulumi.isSecret(pulumi.output(value)).catch(() => false);
}

/** Whether an input is the program's own object or list, whose names and length are not secret. */
function isContainer(value: pulumi.Input<unknown>): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !pulumi.Output.isInstance(value) &&
    !(value instanceof Promise)
  );
}
