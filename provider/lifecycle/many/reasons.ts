import { listed } from "../../ens/listed";
import type { Answers, BySite } from "./ask-sites";

/** Why sites have no answer, a line for each reason with the sites it is true of. */
export function reasonsOf({ failures, notAsked }: Answers, clientIps: BySite): string[] {
  const groups = new Map<string, { readonly reason: string; readonly sites: string[] }>();
  for (const [site, { message }] of failures) {
    // The site stands for its address, and failures for the same reason should read the same.
    const reason = message.replaceAll(` (${clientIps[site]})`, "");
    const key = reason.replace(/ after \d+ attempts in [\d.]+ s/, "").replace(/request id [\w-]+/, "");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { reason, sites: [site] });
    else group.sites.push(site);
  }
  const lines = [...groups.values()].map(({ reason, sites }) => `${named(sites)}: ${reason}`);
  if (notAsked.length > 0) lines.push(`${named(notAsked)}: not asked, since the answer would be the same.`);
  return lines;
}

/** `berlin`, or `3 sites (berlin, hamburg, oslo)`. */
function named(sites: readonly string[]): string {
  const [only] = sites;
  return only !== undefined && sites.length === 1 ? only : `${sites.length} sites (${listed(sites)})`;
}
