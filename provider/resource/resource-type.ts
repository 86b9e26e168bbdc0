import type { RegisteredResource } from "../lifecycle/registered-resource";

/** The module in the types of this package's resources. */
export const moduleName = "alicloud-ens";

/** A resource's type as state holds it. */
export function resourceType({ className }: Pick<RegisteredResource, "className">): string {
  return `pulumi-nodejs:dynamic/${moduleName}:${className}`;
}
