import * as pulumi from "@pulumi/pulumi";
import { Lookup } from "../lifecycle/settings/lookup";
import { regionWarning } from "../lifecycle/settings/region-warning";
import { unknownSettings } from "../lifecycle/settings/unknown-settings";

/** The deployments whose configuration was looked at. A process of the Automation API has many. */
const seen = new WeakSet<pulumi.Resource>();

/** Warns, once in a deployment, of settings of the stack that nothing reads, or that are probably misspelt. */
export function warnOfSettings(): void {
  const stack = pulumi.runtime.getStackResource();
  if (stack === undefined || seen.has(stack)) return;
  seen.add(stack);
  const config = pulumi.runtime.allConfig();
  for (const { remedy } of unknownSettings(Object.keys(config))) void pulumi.log.warn(remedy);
  warnOfRegion((key) => config[key]);
}

/** Warns of a region that is probably misspelt. */
export function warnOfRegion(config: (key: string) => string | undefined, resource?: pulumi.Resource): void {
  const warning = regionWarning(new Lookup(config, process.env));
  if (warning !== undefined) void pulumi.log.warn(warning, resource);
}
