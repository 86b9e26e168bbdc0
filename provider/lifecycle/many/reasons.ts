import { ApiError, type EnsError } from "../../ens/errors";
import { listed } from "../../ens/listed";
import type { Answers } from "./ask-sites";

/** Why sites have no answer, a line for each reason with the sites it is true of. */
export function reasonsOf({ failures, notAsked }: Answers): string[] {
  const groups = new Map<string, { readonly message: string; readonly sites: string[] }>();
  for (const [site, error] of failures) {
    const key = withoutParticulars(error);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { message: error.message, sites: [site] });
    else group.sites.push(site);
  }
  const lines = [...groups.values()].map(({ message, sites }) => `${named(sites)}: ${message}`);
  if (notAsked.length > 0) lines.push(`${named(notAsked)}: not asked, since the answer would be the same.`);
  return lines;
}

/** `berlin`, or `3 sites (berlin, hamburg, oslo)`. */
function named(sites: readonly string[]): string {
  const [only] = sites;
  return only !== undefined && sites.length === 1 ? only : `${sites.length} sites (${listed(sites)})`;
}

/** What two failures for the same reason have in common. */
function withoutParticulars(error: EnsError): string {
  const message = error.message.replace(/ after \d+ attempts in [\d.]+ s/, "");
  const requestId = ApiError.isInstance(error) ? error.requestId : undefined;
  return requestId === undefined ? message : message.replaceAll(requestId, "");
}
