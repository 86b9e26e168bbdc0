import type { Endpoint } from "../../ens/endpoint";
import { endpointRule, parseEndpoint } from "../../ens/endpoint";
import type { SettingProblem } from "../../ens/errors";
import { isRecord } from "../../ens/is-record";
import { printable } from "../../ens/text/printable";
import type { Found, Lookup } from "./lookup";
import { parseJson } from "./parse-json";

type ServiceName = "ens" | "sts";

/** One service's endpoint: a setting of its own, an entry of `endpoints`, or a variable; the strongest place wins. */
export function readEndpoint(
  lookup: Lookup,
  service: ServiceName,
  problems: SettingProblem[],
): Endpoint | undefined {
  const name = service === "ens" ? "endpoint" : "stsEndpoint";
  const single = lookup.find(name);
  const fromEndpoints = [0, 1]
    .map((rank) => lookup.find("endpoints", (candidate) => candidate === rank))
    .map((found) => found && entryFor(found, service, problems))
    .find((found) => found !== undefined);
  const found = (fromEndpoints?.rank ?? Infinity) < (single?.rank ?? Infinity) ? fromEndpoints : single;
  if (found === undefined) return undefined;
  const endpoint = parseEndpoint(found.value);
  if (endpoint === undefined) {
    problems.push({
      setting: found.label,
      reason:
        `expected ${endpointRule}, got ${quotedWithoutSecrets(found.value)} (${found.from}).\n` +
        `Set it: ${found.howToSet(`${service}.aliyuncs.com`)}, or to use the usual one ${found.howToRemove}.`,
    });
    return undefined;
  }
  return { ...endpoint, setting: { from: found.from, howToRemove: found.howToRemove } };
}

/** `alicloud:endpoints` is a list of objects with a host for each service; a single object works too. */
function entryFor(found: Found, service: ServiceName, problems: SettingProblem[]): Found | undefined {
  const parsed = parseJson(found.value);
  const entries: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  // The list is read for both services; one report is enough.
  if (service === "ens") refuseWrongEntries(found, entries, problems);
  for (const [index, entry] of entries.entries()) {
    const value = isRecord(entry) ? entry[service] : undefined;
    if (typeof value !== "string" || value.trim() === "") continue;
    const path = Array.isArray(parsed) ? `endpoints[${index}].${service}` : `endpoints.${service}`;
    return found.at(path, value.trim());
  }
  return undefined;
}

function refuseWrongEntries(found: Found, entries: readonly unknown[], problems: SettingProblem[]): void {
  const howToSet = found.at("endpoints[0].ens").howToSet("ens.aliyuncs.com");
  if (!entries.every(isRecord)) {
    problems.push({
      setting: found.label,
      reason: `expected a list with an object that has "ens", got something else (${found.from}).\nSet it: ${howToSet}.`,
    });
    return;
  }
  for (const name of entries.flatMap((entry) => Object.keys(entry))) {
    const [, meant] = /^\s*(ens|sts)[\s_-]*(?:endpoint)?\s*$/i.exec(name) ?? [];
    // Other names are those of other services, of which the official provider knows more with each version.
    if (meant === undefined || name === "ens" || name === "sts") continue;
    problems.push({
      setting: found.label,
      reason:
        `"${printable(name, 40)}" is not known (${found.from}).\n` +
        `Did you mean ${meant.toLowerCase()}? Rename it, or ${found.at(`endpoints[0].${printable(name, 40)}`).howToRemove}.`,
    });
  }
}

/** An unusable URL may hold a user and a password. */
function quotedWithoutSecrets(text: string): string {
  return `"${printable(text.replace(/^([a-z+]*:\/\/)?.*@/is, "$1***@").replace(/[?#].*$/s, "?***"), 100)}"`;
}
