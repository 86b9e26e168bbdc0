import type { Endpoint } from "../../ens/endpoint";
import { endpointOf, ensEndpoint } from "../../ens/endpoint";
import type { SettingProblem } from "../../ens/errors";
import { SettingsError } from "../../ens/errors";
import type { HowToSet, SettingValues } from "../../ens/how-to-set";
import { printable } from "../../ens/text/printable";
import type { Proxies } from "../../ens/transport/proxies";
import { readProxies } from "../../ens/transport/proxies";
import type { AssumeRole } from "./assume-role";
import { readAssumeRole } from "./assume-role";
import type { CredentialSettings } from "./credential-settings";
import { readCredentialSettings } from "./credential-settings";
import type { ConfigReader } from "./lookup";
import { Lookup } from "./lookup";
import { findOidc } from "./oidc-role";
import type { Place } from "./place";
import { readEndpoint } from "./read-endpoint";
import { regionWarning } from "./region-warning";
import { unfollowedSettings } from "./unknown-settings";

/** All settings, each from the strongest place that has it. */
export interface Settings {
  readonly credentials: CredentialSettings;
  readonly assumeRole?: AssumeRole;
  readonly endpoint: Endpoint;
  readonly stsEndpoint: Endpoint;
  /** How long one call may take, in milliseconds. */
  readonly clientReadTimeout: number;
  /** How long all attempts of a call may take together, in seconds; 0 for a single attempt. */
  readonly maxRetryTimeout: number;
  /** How many calls of the process may be under way at a time. */
  readonly maxConcurrency: number;
  /** How long to wait until ENS shows what was written, in seconds. */
  readonly consistencyTimeout: number;
  readonly proxies: Proxies;
  /** What is probably wrong, though it can be used. */
  readonly warnings: readonly string[];
  /** How the user changes a setting, for remedies. */
  readonly howToSet: HowToSet;
}

/** What a front knows of its configuration. */
export interface SettingsSource {
  /** The keys that it has, where they are known. */
  readonly keys?: readonly string[];
  /** Where it has settings, the strongest first. Default: where dynamic providers have them. */
  readonly places?: readonly [Place, ...Place[]];
}

/**
 * Reads the settings: `alicloud-ens:`, then `alicloud:`, then `ALICLOUD_*`, then `ALIBABA_CLOUD_*`, then
 * `ALIBABACLOUD_*`, each setting by itself. The arguments of an explicit provider stand in for the first two.
 *
 * @throws SettingsError naming every setting that cannot be used
 */
export function readSettings(
  config: ConfigReader,
  env: NodeJS.ProcessEnv,
  { keys = [], places }: SettingsSource = {},
): Settings {
  const lookup = new Lookup(config, env, places);
  const problems: SettingProblem[] = unfollowedSettings(keys);
  const credentials = readCredentialSettings(lookup, problems);
  const assumeRole = readAssumeRole(lookup, findOidc(lookup) !== undefined, problems);
  const region = lookup.find("region")?.value;
  const warning = regionWarning(lookup);
  const settings = {
    credentials,
    ...(assumeRole !== undefined ? { assumeRole } : {}),
    endpoint: readEndpoint(lookup, "ens", problems) ?? ensEndpoint(region),
    stsEndpoint: readEndpoint(lookup, "sts", problems) ?? endpointOf("sts.aliyuncs.com"),
    clientReadTimeout: readNumber(lookup, numberSettings.clientReadTimeout, problems),
    maxRetryTimeout: readNumber(lookup, numberSettings.maxRetryTimeout, problems),
    maxConcurrency: readNumber(lookup, numberSettings.maxConcurrency, problems),
    consistencyTimeout: readNumber(lookup, numberSettings.consistencyTimeout, problems),
    proxies: readProxies(env, (setting, reason) => problems.push({ setting, reason })),
    warnings: warning === undefined ? [] : [warning],
    howToSet: howToSetWith(lookup, credentials),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

/**
 * A setting is set where it was found. Keys that no setting has are set where they come from: a profile, a role, a file
 * with a token.
 */
function howToSetWith(lookup: Lookup, { kind, howToReplace }: CredentialSettings): HowToSet {
  const isOfKeys = kind === "keys" || kind === "defaultChain";
  const isKey = (values: SettingValues) =>
    ["accessKey", "secretKey", "securityToken"].some((name) => name in values);
  return (values) => (isKey(values) && !isOfKeys ? howToReplace : lookup.howToSet(values));
}

/** The settings that are numbers: what they may be, and what they are where nothing is set. */
export const numberSettings = {
  clientReadTimeout: {
    name: "clientReadTimeout",
    unit: "whole milliseconds",
    least: 1,
    most: 3_600_000,
    byDefault: 60_000,
  },
  maxRetryTimeout: { name: "maxRetryTimeout", unit: "whole seconds", least: 0, most: 86_400, byDefault: 300 },
  maxConcurrency: { name: "maxConcurrency", unit: "a whole number", least: 1, most: 256, byDefault: 8 },
  consistencyTimeout: {
    name: "consistencyTimeout",
    unit: "whole seconds",
    least: 1,
    most: 3600,
    byDefault: 120,
  },
} as const;

function readNumber(
  lookup: Lookup,
  { name, unit, least, most, byDefault }: (typeof numberSettings)[keyof typeof numberSettings],
  problems: SettingProblem[],
): number {
  const found = lookup.find(name);
  if (found === undefined) return byDefault;
  const number = Number(found.value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  problems.push({
    setting: found.label,
    reason:
      `expected ${unit} from ${least} to ${most}, got "${printable(found.value, 40)}" (${found.from}).\n` +
      `Set it: ${found.howToSet(byDefault)}.`,
  });
  return byDefault;
}
