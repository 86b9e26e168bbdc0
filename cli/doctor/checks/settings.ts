import { endpointUrl } from "../../../provider/ens/endpoint";
import { SettingsError } from "../../../provider/ens/errors";
import { printable } from "../../../provider/ens/text/printable";
import { Lookup } from "../../../provider/lifecycle/settings/lookup";
import { readSettings, type Settings } from "../../../provider/lifecycle/settings/settings";
import { unknownSettings } from "../../../provider/lifecycle/settings/unknown-settings";
import {
  type SettingName,
  secretSettings,
  settingNames,
} from "../../../provider/lifecycle/settings/variables";
import { type Finding, ok, problem, warning } from "../finding";
import type { ShownSetting } from "../report";
import { shortKeyId } from "../short-key-id";
import type { StackConfiguration } from "../stack-configuration";

/** The settings as the provider reads them, or why it cannot. */
export function checkSettings(stack: StackConfiguration): { finding: Finding; settings?: Settings } {
  try {
    const settings = readSettings(stack.read, process.env, { keys: stack.keys });
    return { finding: warnOfUnknown(stack) ?? ok("settings", "all can be used"), settings };
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    const names = error.problems.map(({ setting }) => setting);
    const message = `cannot be used: ${names.join(", ")}`;
    return { finding: problem("settings", message, error.problems.map(reason).join(" ")) };
  }
}

/** Deployments warn of them too. */
function warnOfUnknown({ keys }: StackConfiguration): Finding | undefined {
  const unknown = unknownSettings(keys);
  if (unknown.length === 0) return undefined;
  const names = unknown.map(({ key }) => key).join(", ");
  return warning("settings", `not known: ${names}`, unknown.map(({ remedy }) => remedy).join(" "));
}

function reason({ setting, reason }: SettingsError["problems"][number]): string {
  return `${setting}: ${reason}`;
}

/** Every setting that has a value, with its origin; and the defaults, which `settings` has. */
export function showSettings(stack: StackConfiguration, settings: Settings | undefined): ShownSetting[] {
  const lookup = new Lookup(stack.read, process.env);
  const ofOthers = variablesOfOthers(settings);
  const found = settingNames.flatMap((name): ShownSetting[] => {
    const { value, from } = lookup.find(name) ?? {};
    if (value === undefined || from === undefined || ofOthers(name, from)) return [];
    const isHidden =
      secretSettings.includes(name) || stack.isEncrypted(from.replace(/^stack configuration /, ""));
    const text = isHidden ? undefined : (effective(name, settings) ?? harmless(name, value));
    return [{ name, ...(text !== undefined ? { value: text } : {}), from: printable(from) }];
  });
  const isSet = new Set(found.map(({ name }) => name));
  const defaults = (
    ["endpoint", "clientReadTimeout", "maxRetryTimeout", "maxConcurrency", "consistencyTimeout"] as const
  ).flatMap((name): ShownSetting[] => {
    const value = effective(name, settings);
    const isGiven = isSet.has(name) || (name === "endpoint" && isSet.has("endpoints"));
    if (value === undefined || isGiven) return [];
    return [
      { name, value, from: name === "endpoint" && isSet.has("region") ? "that of the region" : "default" },
    ];
  });
  return [...found, ...showProxies(settings), ...defaults];
}

/** Two variables stand for the role of an OIDC token where there is one, and for the role to assume where there is none. */
function variablesOfOthers(settings: Settings | undefined): (name: SettingName, from: string) => boolean {
  const kind = settings?.credentials.kind === "oidc" ? /^assumeRole(Arn|SessionName)$/ : /^oidcRole/;
  return (name, from) => kind.test(name) && /ALIBABA_CLOUD_ROLE_(ARN|SESSION_NAME)$/.test(from);
}

function showProxies(settings: Settings | undefined): ShownSetting[] {
  if (settings === undefined) return [];
  const { https, http, except } = settings.proxies;
  const variable = (name: string) => `environment variable ${name}`;
  const noProxy = process.env.no_proxy ? "no_proxy" : "NO_PROXY";
  return [
    ...(https === undefined ? [] : [{ name: "httpsProxy", value: https.url, from: variable(https.from) }]),
    ...(http === undefined ? [] : [{ name: "httpProxy", value: http.url, from: variable(http.from) }]),
    ...(except === "" ? [] : [{ name: "noProxy", value: printable(except), from: variable(noProxy) }]),
  ];
}

/** The value that counts, as the provider understood it. */
function effective(name: SettingName, settings: Settings | undefined): string | undefined {
  if (settings === undefined) return undefined;
  switch (name) {
    case "endpoint":
      return endpointUrl(settings.endpoint);
    case "stsEndpoint":
      return endpointUrl(settings.stsEndpoint);
    case "endpoints":
      return `ens ${endpointUrl(settings.endpoint)}, sts ${endpointUrl(settings.stsEndpoint)}`;
    case "assumeRole":
      return settings.assumeRole?.roleArn;
    case "assumeRoleWithOidc":
      return settings.credentials.kind === "oidc" ? settings.credentials.role.roleArn : undefined;
    case "clientReadTimeout":
      return `${settings.clientReadTimeout} ms`;
    case "maxRetryTimeout":
      return `${settings.maxRetryTimeout} s`;
    case "maxConcurrency":
      return String(settings.maxConcurrency);
    case "consistencyTimeout":
      return `${settings.consistencyTimeout} s`;
    default:
      return undefined;
  }
}

/** A value as it was given; `undefined` where it could hold a secret, like a URL with a password. */
function harmless(name: SettingName, value: string): string | undefined {
  if (name === "accessKey") return shortKeyId(value);
  // Whatever it is when it is no role, it may be a token.
  if (name === "assumeRoleWithOidc") return undefined;
  const isPlain = /^[\w.~/\\: -]{1,120}$/.test(value) && !value.includes("://");
  return isPlain ? printable(value) : undefined;
}
