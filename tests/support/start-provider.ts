import type { Emulator } from "../../emulator";
import { configurationFor } from "./emulator";
import { ProviderProcess, type ProviderProcessOptions } from "./provider-process";

/** A provider process that asks an emulator as its default account. */
export function startProvider(
  emulator: Emulator,
  { config, ...others }: ProviderProcessOptions = {},
): Promise<ProviderProcess> {
  return ProviderProcess.start({ ...others, config: { ...configurationFor(emulator), ...config } });
}

/** One that asks it, as ENS and as STS, with what keys its options and its home folder have. */
export function startWithoutKeys(
  emulator: Emulator,
  home: string,
  { config, env }: ProviderProcessOptions,
): Promise<ProviderProcess> {
  return ProviderProcess.start({
    config: { "alicloud-ens:endpoint": emulator.url, ...config },
    env: { HOME: home, ALIBABA_CLOUD_ENDPOINT_STS: emulator.url, ...env },
  });
}
