import { endpointUrl } from "../../provider/ens/endpoint";
import { printable } from "../../provider/ens/text/printable";
import { Lookup } from "../../provider/lifecycle/settings/lookup";
import type { Settings } from "../../provider/lifecycle/settings/settings";
import { type SettingName, secretSettings, settingNames } from "../../provider/lifecycle/settings/variables";
import type { ShownSetting } from "./report";
import { shortKeyId } from "./short-key-id";
import type { StackConfiguration } from "./stack-configuration";

/** Every setting that has a value, with its origin; and the defaults, which `settings` has. */
export function showSettings(stack: StackConfiguration, settings: Settings | undefined): ShownSetting[] {
  const lookup = new Lookup(stack.read, process.env);
  const ofOthers = variablesOfOthers(settings);
  const found = settingNames.flatMap((name): ShownSetting[] => {
    const { value, from } = lookup.find(name) ?? {};
    if (value === undefined || from === undefined || ofOthers(name, from)) return [];
    const isHidden =
      secretSettings.includes(name) || stack.isEncrypted(from.replace(/^stack configuration /, ""));
    const shown = isHidden ? {} : (effective(name, settings) ?? harmless(name, value));
    return [{ name, ...shown, from: printable(from) }];
  });
  const isSet = new Set(found.map(({ name }) => name));
  const defaults = (
    ["endpoint", "clientReadTimeout", "maxRetryTimeout", "maxConcurrency", "consistencyTimeout"] as const
  ).flatMap((name): ShownSetting[] => {
    const value = effective(name, settings);
    const isGiven = isSet.has(name) || (name === "endpoint" && isSet.has("endpoints"));
    if (value === undefined || isGiven) return [];
    return [
      { name, ...value, from: name === "endpoint" && isSet.has("region") ? "that of the region" : "default" },
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

/** A value that may be shown, by its unit. */
type ShownValue = Omit<ShownSetting, "name" | "from">;

/** The value that counts, as the provider understood it. */
function effective(name: SettingName, settings: Settings | undefined): ShownValue | undefined {
  if (settings === undefined) return undefined;
  switch (name) {
    case "endpoint":
      return { value: endpointUrl(settings.endpoint) };
    case "stsEndpoint":
      return { value: endpointUrl(settings.stsEndpoint) };
    case "endpoints":
      return { value: `ens ${endpointUrl(settings.endpoint)}, sts ${endpointUrl(settings.stsEndpoint)}` };
    case "assumeRole":
      return settings.assumeRole && { value: settings.assumeRole.roleArn };
    case "assumeRoleWithOidc":
      return settings.credentials.kind === "oidc" ? { value: settings.credentials.role.roleArn } : undefined;
    case "clientReadTimeout":
      return { valueMs: settings.clientReadTimeout };
    case "maxRetryTimeout":
      return { valueSeconds: settings.maxRetryTimeout };
    case "maxConcurrency":
      return { value: settings.maxConcurrency };
    case "consistencyTimeout":
      return { valueSeconds: settings.consistencyTimeout };
    default:
      return undefined;
  }
}

/** A value as it was given; nothing where it could hold a secret, like a URL with a password. */
function harmless(name: SettingName, value: string): ShownValue {
  if (name === "accessKey") return { value: shortKeyId(value) };
  // Whatever it is when it is no role, it may be a token.
  if (name === "assumeRoleWithOidc") return {};
  const isPlain = /^[\w.~/\\: -]{1,120}$/.test(value) && !value.includes("://");
  return isPlain ? { value: printable(value) } : {};
}
