import type { Endpoint } from "../../ens/endpoint";
import { endpointOf, endpointRule, ensEndpoint, parseEndpoint } from "../../ens/endpoint";
import type { SettingProblem } from "../../ens/errors";
import { SettingsError } from "../../ens/errors";
import type { HowToSet } from "../../ens/how-to-set";
import { printable } from "../../ens/printable";
import type { Proxies } from "../../ens/transport/proxies";
import { readProxies } from "../../ens/transport/proxies";
import type { AssumeRole } from "./assume-role";
import { readAssumeRole } from "./assume-role";
import type { CredentialSettings } from "./credential-settings";
import { readCredentialSettings } from "./credential-settings";
import type { ConfigReader, Found } from "./lookup";
import { Lookup } from "./lookup";
import { parseJson } from "./parse-json";

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
  readonly proxies: Proxies;
  /** How the user changes a setting, for remedies. */
  readonly howToSet: HowToSet;
}

/**
 * Reads the settings: `alicloud-ens:`, then `alicloud:`, then `ALICLOUD_*`, then `ALIBABA_CLOUD_*`, each setting
 * by itself. The arguments of an explicit provider stand in for the first two.
 *
 * @throws SettingsError naming every setting that cannot be used
 */
export function readSettings(config: ConfigReader, env: NodeJS.ProcessEnv): Settings {
  const lookup = new Lookup(config, env);
  const problems: SettingProblem[] = [];
  const credentials = readCredentialSettings(lookup, problems);
  const assumeRole = readAssumeRole(lookup, env, problems);
  const region = lookup.find("region")?.value;
  const settings = {
    credentials,
    ...(assumeRole !== undefined ? { assumeRole } : {}),
    endpoint: readEndpoint(lookup, "ens", problems) ?? ensEndpoint(region),
    stsEndpoint: readEndpoint(lookup, "sts", problems) ?? endpointOf("sts.aliyuncs.com"),
    clientReadTimeout: readNumber(lookup, numberSettings.clientReadTimeout, problems),
    maxRetryTimeout: readNumber(lookup, numberSettings.maxRetryTimeout, problems),
    maxConcurrency: readNumber(lookup, numberSettings.maxConcurrency, problems),
    proxies: readProxies(env, (setting, reason) => problems.push({ setting, reason })),
    howToSet: lookup.source.howToSet,
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

type ServiceName = "ens" | "sts";

/** One service's endpoint: a setting of its own, an entry of `endpoints`, or a variable; the strongest place wins. */
function readEndpoint(
  lookup: Lookup,
  service: ServiceName,
  problems: SettingProblem[],
): Endpoint | undefined {
  const name = service === "ens" ? "endpoint" : "stsEndpoint";
  const single = lookup.find(name);
  const fromEndpoints = [0, 1]
    .map((rank) => lookup.find("endpoints", (candidate) => candidate === rank))
    .map((found) => found && entryFor(lookup, found, service, problems))
    .find((found) => found !== undefined);
  const found = (fromEndpoints?.rank ?? Infinity) < (single?.rank ?? Infinity) ? fromEndpoints : single;
  if (found === undefined) return undefined;
  const endpoint = parseEndpoint(found.value);
  if (endpoint === undefined) {
    const [setting, usual] =
      service === "ens"
        ? ["endpoint", { endpoint: "ens.aliyuncs.com" }]
        : ["endpoints", { endpoints: [{ sts: "sts.aliyuncs.com" }] }];
    problems.push({
      setting: lookup.nameOf(setting),
      reason:
        `expected ${endpointRule}, got ${quotedWithoutSecrets(found.value)} (${found.from}). ` +
        `Looked at ${lookup.whereabouts(name)}, ${lookup.whereabouts("endpoints")}. Set it: ${lookup.source.howToSet(usual)}, or remove it to use the usual one.`,
    });
  }
  return endpoint;
}

/** `alicloud:endpoints` is a list of objects with a host for each service; a single object works too. */
function entryFor(
  lookup: Lookup,
  found: Found,
  service: ServiceName,
  problems: SettingProblem[],
): Found | undefined {
  const parsed = parseJson(found.value);
  if (typeof parsed !== "object" || parsed === null) {
    // The list is read for both services; one report is enough.
    if (service === "ens") {
      problems.push({
        setting: lookup.nameOf("endpoints"),
        reason:
          `expected a list with an object that has "ens", got something else (${found.from}). ` +
          `Set it: ${lookup.source.howToSet({ endpoints: [{ ens: "ens.aliyuncs.com" }] })}.`,
      });
    }
    return undefined;
  }
  for (const entry of Array.isArray(parsed) ? parsed : [parsed]) {
    const value: unknown = entry?.[service];
    if (typeof value === "string" && value.trim() !== "") {
      return { ...found, value: value.trim(), from: `${found.from}[].${service}` };
    }
  }
  return undefined;
}

/** An unusable URL may hold a user and a password. */
function quotedWithoutSecrets(text: string): string {
  return `"${printable(text.replace(/^([a-z+]*:\/\/)?.*@/is, "$1***@").replace(/[?#].*$/s, "?***"), 100)}"`;
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
    setting: lookup.nameOf(name),
    reason:
      `expected ${unit} from ${least} to ${most}, got "${printable(found.value, 40)}" (${found.from}). ` +
      `Set it: ${lookup.source.howToSet({ [name]: byDefault })}.`,
  });
  return byDefault;
}
