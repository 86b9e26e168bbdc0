import * as pulumi from "@pulumi/pulumi";
import { Lookup } from "../lifecycle/settings/lookup";
import { providerNameKey } from "../lifecycle/settings/provider-name-key";
import { regionWarning } from "../lifecycle/settings/region-warning";
import { unknownSettings } from "../lifecycle/settings/unknown-settings";
import { holdsSecret } from "./secret-inputs";
import { warnOf } from "./warn-of";

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

const ofRegion = [providerNameKey, "alicloud-ens:region", "alicloud-ens:endpoint", "alicloud-ens:endpoints"];

/** Warns of a provider's region, once it is known. */
export function warnOfRegionOf(provider: pulumi.Resource, inputs: pulumi.Inputs): void {
  const region = inputs["alicloud-ens:region"];
  if (region === undefined) return;
  const values = pulumi.all(ofRegion.map((key) => inputs[key]));
  pulumi.all([holdsSecret(region), values]).apply(([isSecret, known]) => {
    const settings = new Map<string, unknown>(ofRegion.map((key, index) => [key, known[index]]));
    const config = (key: string) => {
      const value = settings.get(key);
      return typeof value === "string" ? value : undefined;
    };
    if (!isSecret) warnOfRegion(config, provider);
  });
}

function warnOfRegion(config: (key: string) => string | undefined, provider?: pulumi.Resource): void {
  const warning = regionWarning(new Lookup(config, process.env));
  if (warning === undefined) return;
  if (provider === undefined) void pulumi.log.warn(warning);
  else warnOf(provider, warning);
}
