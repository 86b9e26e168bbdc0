import { isPlainAddress, isPublicAddress } from "../../ens/ip-address";
import { isRecord } from "../../ens/is-record";
import { printable } from "../../ens/text/printable";
import type { Warnings } from "../../lifecycle/lifecycle";
import { siteNames } from "./site-names";

/** Addresses that no client can come from: one warning for all sites. */
export const warnings: Warnings = {
  of: ["clientIps"],
  say({ clientIps }, hidden) {
    const sites = Object.entries(isRecord(clientIps) ? clientIps : {})
      .filter(
        ([, address]) => typeof address === "string" && isPlainAddress(address) && !isPublicAddress(address),
      )
      .map(([site]) => printable(site, 100));
    if (sites.length === 0) return [];
    return [
      `Not a public address in clientIps, so ENS can see no client come from it: ${siteNames(hidden.has("clientIps")).list(sites)}. ` +
        "Give the sites' public addresses.",
    ];
  },
};
