import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import { ProviderResource } from "@pulumi/pulumi";
import { ProgramError } from "../ens/errors";

/** The package of the providers that dynamic resources have, ours among them. */
const dynamicPackage = "pulumi-nodejs";

const typePrefix = "pulumi:providers:";

/**
 * A provider of `@pulumi/alicloud` cannot serve these resources, and Pulumi's own error does not say so.
 *
 * @throws ProgramError
 */
export function requireOwnProvider(subject: string, { provider }: CustomResourceOptions): void {
  if (provider === undefined || provider === null) return;
  const given = ProviderResource.isInstance(provider) ? packageOf(provider) : undefined;
  if (given === dynamicPackage) return;
  const what =
    given === undefined ? "something that is no provider" : `a provider of ${given}, which cannot serve it`;
  throw new ProgramError({
    what: `${subject} was given ${what}.`,
    remedy:
      "Make one of this package with the same settings and give that: " +
      '`{ provider: new ens.Provider("own", { region: "cn-hangzhou" }) }`.',
  });
}

/** The parents that were warned of, or are no reason to. */
const warnedOf = new WeakSet<Resource>();

/**
 * What to warn of where a component was given a provider of `@pulumi/alicloud` and none of ours: its resources then ask
 * with the settings of the stack, which may be another account.
 */
export function warningOfParent(
  type: string,
  { provider, parent }: CustomResourceOptions,
): string | undefined {
  if (provider !== undefined || parent === undefined || parent === null || warnedOf.has(parent))
    return undefined;
  if (parent.getProvider(type) !== undefined || parent.getProvider("alicloud:ens:Any") === undefined)
    return undefined;
  warnedOf.add(parent);
  return (
    "The provider of alicloud that this resource's parent has is not used for it: it asks with the settings of the " +
    "stack. To ask as that provider does, give the parent one of this package as well: " +
    '`{ providers: [official, new ens.Provider("own", { region: "cn-hangzhou" })] }`.'
  );
}

function packageOf(provider: ProviderResource): string | undefined {
  const type: unknown = Reflect.get(provider, "__pulumiType");
  return typeof type === "string" && type.startsWith(typePrefix) ? type.slice(typePrefix.length) : undefined;
}
