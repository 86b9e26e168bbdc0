import { isRecord } from "../../ens/is-record";
import type { NameSites } from "./site-names";

/**
 * Which sites an edit changes, in words; empty when it changes no site. This is a line of our own, since a dynamic
 * provider's diff can only name `clientIps`.
 *
 * @param news - In a preview, it may not be known yet, as a whole or in part.
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
