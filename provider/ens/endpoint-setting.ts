import type { Service } from "./action";
import type { Endpoint } from "./endpoint";
import { isLoopback } from "./endpoint";

/** The setting of an endpoint, with the place that has it: `endpoint (environment variable ENS_ENDPOINT)`. */
export function endpointSettingOf({ endpointSetting }: Service, endpoint: Endpoint | undefined): string {
  const { setting } = endpoint ?? {};
  return setting === undefined ? endpointSetting : `${endpointSetting} (${setting.from})`;
}

/**
 * What to do where nothing listens at an endpoint that was set and is on this machine: an emulator should.
 * `undefined` for any other endpoint.
 */
export function emulatorRemedy(service: Service, endpoint: Endpoint): string | undefined {
  const { host, setting } = endpoint;
  if (setting === undefined || !isLoopback(host)) return undefined;
  const port = /:(\d+)$/.exec(host)?.[1] ?? "80";
  return (
    `Start the emulator that the setting ${endpointSettingOf(service, endpoint)} is for: ` +
    `\`npx pulumi-alicloud-ens emulator --port ${port}\`; or, to ask Alibaba Cloud, ${setting.howToRemove}`
  );
}
