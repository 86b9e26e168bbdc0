import * as pulumi from "@pulumi/pulumi";

/**
 * Warns of a resource. Pulumi says everything in order, and a warning waits for the name of its resource: of one that is
 * never registered, since an input fails, it would keep back all that is said later, also why the program ends.
 */
export function warnOf(resource: pulumi.Resource, warning: string): void {
  resource.urn.apply(() => void pulumi.log.warn(warning, resource));
}
