import * as pulumi from "@pulumi/pulumi";

/**
 * Tells the provider which inputs are secrets, since Pulumi hands it all values in clear: those it must not show, and
 * nothing made of them. Undefined where there are none, so that state holds no word of it.
 */
export function secretInputs(
  inputs: Readonly<Record<string, pulumi.Input<unknown>>>,
): pulumi.Output<readonly string[] | undefined> {
  const names = Object.entries(inputs).map(async ([name, value]) => ((await isSecret(value)) ? [name] : []));
  const secret = Promise.all(names).then((found) => found.flat());
  return pulumi.output(secret.then((found) => (found.length > 0 ? found : undefined)));
}

/** Whether an input is, or holds, a secret. */
export async function isSecret(value: pulumi.Input<unknown>): Promise<boolean> {
  // Most are plain text, and asking Pulumi about those was a twelfth of what a resource costs a program.
  if (value === undefined || typeof value === "string") return false;
  // An input that fails is reported where it is used.
  return pulumi.isSecret(pulumi.output(value)).catch(() => false);
}
