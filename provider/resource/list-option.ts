import type { CustomResourceOptions } from "@pulumi/pulumi";
import { ProgramError } from "../ens/errors";

type ListOption = "additionalSecretOutputs" | "ignoreChanges" | "replaceOnChanges" | "transformations";

/**
 * An option that is a list, empty where it is not given.
 *
 * @throws ProgramError for what a program in JavaScript can give instead
 */
export function listOption<Name extends ListOption>(
  subject: string,
  options: CustomResourceOptions | undefined,
  name: Name,
): NonNullable<CustomResourceOptions[Name]> | [] {
  const given = options?.[name] ?? [];
  if (Array.isArray(given)) return given;
  throw new ProgramError({
    what: `The option ${name} of ${subject} is not a list.`,
    remedy: "Put it in brackets.",
  });
}
