import { joinedNames } from "../../ens/text/joined-names";

/** Says which sites something is true of: `berlin`, or `3 sites (berlin, hamburg, oslo)`. */
export type NameSites = (sites: readonly string[]) => string;

/** Sites as lines and errors name them. Of secret sites, they only say how many. */
export function siteNames(areSecret: boolean): { readonly list: NameSites; readonly subject: NameSites } {
  if (areSecret) return { list: count, subject: count };
  return {
    list: joinedNames,
    subject: (sites) => (sites.length === 1 ? joinedNames(sites) : `${count(sites)} (${joinedNames(sites)})`),
  };
}

function count({ length }: readonly string[]): string {
  return length === 1 ? "1 site" : `${length} sites`;
}
