import assert from "node:assert/strict";
import { SettingsError } from "../../provider/ens/errors";
import { readSettings } from "../../provider/lifecycle/settings/settings";

type Values = Readonly<Record<string, string>>;

/** A key pair in each place, the strongest first. */
export const pairs = [
  { config: { "alicloud-ens:accessKey": "own", "alicloud-ens:secretKey": "s" } },
  { config: { "alicloud:accessKey": "official", "alicloud:secretKey": "s" } },
  { env: { ALICLOUD_ACCESS_KEY: "short", ALICLOUD_SECRET_KEY: "s" } },
  { env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "long", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s" } },
] satisfies { config?: Values; env?: Values }[];

export function read(config: Values = {}, env: Values = {}) {
  return readSettings((key) => config[key], env);
}

/** What is wrong with settings that cannot be used. */
export function problems(config: Values, env: Values = {}) {
  try {
    read(config, env);
  } catch (error) {
    assert.ok(SettingsError.isInstance(error));
    return error.problems;
  }
  throw new Error("the settings were taken");
}

/** The key that is chosen, where it is a pair. */
export function accessKey(config: Values, env: Values): string | undefined {
  const { credentials } = read(config, env);
  return credentials.kind === "keys" ? credentials.keys.accessKeyId : undefined;
}
