import type {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  DiffRequest,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { ConfigureResponse } from "@pulumi/pulumi/proto/provider_pb";
import { withDocsLink } from "../../ens/errors";
import { didYouMean } from "../../ens/text/nearest-name";
import { printable } from "../../ens/text/printable";
import type { Properties } from "../../lifecycle/lifecycle";
import type { SessionOptions } from "../../lifecycle/session";
import { configurationPlace, propertiesPlace } from "../../lifecycle/settings/place";
import { unknownSettings } from "../../lifecycle/settings/unknown-settings";
import { configurableNames, secretPaths } from "../../lifecycle/settings/variables";
import { holdsUnknown } from "../../lifecycle/unknown-value";
import type { ShownFailure } from "../secret-values";
import { failureOf, settingProblems } from "../settings-failures";
import { checkResponse } from "./check";
import { placesOf } from "./detailed-diff";
import { diffResponse, topOf } from "./diff";
import { remark } from "./marks";
import type { Plugin } from "./plugin";
import { nameOf } from "./urn";
import type { Arrived } from "./wire";
import { arrived, struct } from "./wire";

const namespace = "alicloud-ens:";

/** The settings that are secrets, or have one inside. */
const secretNames: readonly string[] = secretPaths.map((path) => topOf(path));

/** What the engine gives every provider. */
const ofEngine = ["version", "pluginDownloadURL", "pluginChecksums", "__internal"];

export function checkConfig(plugin: Plugin, request: CheckRequest): CheckResponse {
  const urn = request.getUrn();
  const news = arrived(request.getNews());
  const response = checkResponse([...unknownNames(plugin, urn, news), ...badSettings(plugin, urn, news)]);
  const marked = Object.entries(news.properties).map(([name, value]) => [
    name,
    remark(value ?? undefined, secretNames.includes(name) ? "whole" : news.marks[name]),
  ]);
  response.setInputs(struct(Object.fromEntries(marked)));
  return response;
}

/** Another account or region is asked from now on. That is no reason to replace what is there. */
export function diffConfig(request: DiffRequest): DiffResponse {
  const olds = arrived(request.hasOldInputs() ? request.getOldInputs() : request.getOlds()).properties;
  const news = arrived(request.getNews()).properties;
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  const changed = [...names].filter(
    (name) => !ofEngine.includes(name) && textOf(olds[name]) !== textOf(news[name]),
  );
  const places = changed.flatMap((name) => placesOf(name, { oldInputs: olds, olds, news }));
  return diffResponse(places, { replaces: [], deleteBeforeReplace: false });
}

export function configure(plugin: Plugin, request: ConfigureRequest): ConfigureResponse {
  plugin.configure(optionsOf(request.getUrn() ?? "", arrived(request.getArgs()).properties));
  const response = new ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}

/** Where the settings of a provider are. Only the default one has the stack's configuration. */
function optionsOf(urn: string, properties: Properties): Pick<SessionOptions, "config" | "places"> {
  const config = (key: string) =>
    key.startsWith(namespace) ? textOf(properties[key.slice(namespace.length)]) : undefined;
  return {
    config,
    places: [isDefault(urn) ? configurationPlace("alicloud-ens") : propertiesPlace(nameOf(urn))],
  };
}

/** A setting as text, whether or not the program's SDK makes a text of it. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Pulumi itself names the default provider so, with a version where there is one: `default_0_1_0`. */
function isDefault(urn: string): boolean {
  return urn === "" || /^default(_|$)/.test(nameOf(urn));
}

/** Settings that there are not: misspelt, they would have no effect without a word. */
function unknownNames({ engine }: Plugin, urn: string, { properties }: Arrived): ShownFailure[] {
  const names = Object.keys(properties).filter((name) => !ofEngine.includes(name));
  if (isDefault(urn)) {
    for (const { remedy } of unknownSettings(names.map((name) => namespace + name))) engine.warn(remedy);
    return [];
  }
  return names
    .filter((name) => !configurableNames.some((known) => known === name))
    .map((name) => ({
      property: "",
      reason: withDocsLink(
        {
          what: `Nothing reads ${printable(name, 100)}${didYouMean(name, configurableNames) || "."}`,
          remedy: `The settings of a provider are ${configurableNames.join(", ")}.`,
        },
        "SettingsError",
      ),
    }));
}

function badSettings(plugin: Plugin, urn: string, { properties, hidden }: Arrived): ShownFailure[] {
  // What a preview does not know yet, the update will check.
  if (holdsUnknown(properties)) return [];
  const session = plugin.sessionWith(optionsOf(urn, properties));
  const problems = settingProblems(session);
  const warnings = problems.length === 0 && !hidden.has("region") ? session.settings.warnings : [];
  for (const warning of warnings) plugin.engine.warn(warning, urn);
  return problems.map((problem) => {
    const name = topOf(problem.setting.replace(namespace, "")).replace(/ of the provider .*$/s, "");
    // The engine shows the value of the property that is named.
    const isShown = Object.hasOwn(properties, name) && !hidden.has(name) && !secretNames.includes(name);
    return isShown
      ? { property: name, reason: withDocsLink(problem.reason, "SettingsError") }
      : failureOf(problem);
  });
}
