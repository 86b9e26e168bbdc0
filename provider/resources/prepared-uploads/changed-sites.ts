import { isRecord } from "../../ens/is-record";
import type { NameSites } from "./site-names";

/**
 * Which sites an edit is about, in words; empty when about none. Said by us, since a dynamic provider's diff cannot
 * name more than `clientIps`.
 *
 * @param news - Not known yet, in a preview, as a whole or in part.
 */
export function changedSites(olds: unknown, news: unknown, nameSites: NameSites): string {
  if (!isRecord(olds) || !isRecord(news)) return "";
  const before = new Map(Object.entries(olds));
  const after = new Map(Object.entries(news));
  const parts = [
    ["new", [...after.keys()].filter((site) => !before.has(site))],
    [
      "with another address",
      [...after.keys()].filter((site) => before.has(site) && before.get(site) !== after.get(site)),
    ],
    ["gone", [...before.keys()].filter((site) => !after.has(site))],
  ] as const;
  return parts
    .filter(([, sites]) => sites.length > 0)
    .map(([what, sites]) => `${what}: ${nameSites(sites)}`)
    .join("; ");
}
