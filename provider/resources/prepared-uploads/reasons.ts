import type { Call } from "../../lifecycle/lifecycle";
import type { Answers, BySite } from "./ask-sites";
import type { NameSites } from "./site-names";

/** Why sites have no answer: a line for each reason, with its sites. */
export function reasonsOf(
  { failures, notAsked }: Answers,
  clientIps: BySite,
  { nameSites, shown }: { readonly nameSites: NameSites } & Pick<Call, "shown">,
): string[] {
  const groups = new Map<string, { readonly reason: string; readonly sites: string[] }>();
  for (const [site, { message }] of failures) {
    // The line names the site, so it needs no address: failures with the same reason should read the same.
    const reason = message.replaceAll(` (${shown(clientIps[site] ?? "")})`, "");
    const key = reason.replace(/ after \d+ attempts in [\d.]+ s/, "").replace(/request id [\w-]+/, "");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { reason, sites: [site] });
    else group.sites.push(site);
  }
  const lines = [...groups.values()].map(({ reason, sites }) => `${nameSites(sites)}: ${reason}`);
  if (notAsked.length > 0) {
    lines.push(`${nameSites(notAsked)}: not asked, since the answer would be the same.`);
  }
  return lines;
}
