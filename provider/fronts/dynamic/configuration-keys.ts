import type { dynamic } from "@pulumi/pulumi";
import { isRecord } from "../../ens/is-record";

/**
 * The keys of the configuration that Pulumi gives to a dynamic provider. Its interface gets one key and lists none, and
 * without a list a misspelt key cannot be seen. None where an SDK keeps them elsewhere (3.216 to 3.270 keep them here).
 */
export function configurationKeys(config: dynamic.ConfigureRequest["config"]): readonly string[] {
  const raw: unknown = Reflect.get(config, "rawConfig");
  return isRecord(raw) ? Object.keys(raw) : [];
}
