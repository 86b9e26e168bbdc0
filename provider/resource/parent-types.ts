import * as pulumi from "@pulumi/pulumi";

/** The types of a resource's parents, which are a part of its URN: the outermost first. */
export function parentTypes(parent: pulumi.Resource | undefined): string[] {
  if (!pulumi.Resource.isInstance(parent)) return [];
  const type: unknown = Reflect.get(parent, "__pulumiType");
  return [...parentTypes(Reflect.get(parent, "__parentResource")), String(type)];
}
