import * as pulumi from "@pulumi/pulumi";
import { unknownSettings } from "../lifecycle/settings/unknown-settings";

/** The deployments whose configuration was looked at. A process of the Automation API has many. */
const seen = new WeakSet<pulumi.Resource>();

/** Warns, once in a deployment, of keys in the stack's configuration that nothing reads. */
export function warnOfUnknownSettings(): void {
  const stack = pulumi.runtime.getStackResource();
  if (stack === undefined || seen.has(stack)) return;
  seen.add(stack);
  for (const { remedy } of unknownSettings(Object.keys(pulumi.runtime.allConfig()))) {
    void pulumi.log.warn(remedy);
  }
}
