import { bucketNameRule, isBucketName } from "../ens/bucket-name";
import { isPlainAddress } from "../ens/ip-address";
import { isRecord } from "../ens/is-record";
import { pathTo } from "../ens/path-to";
import { printable } from "../ens/printable";
import { quoted } from "../ens/quoted";
import type { CheckFailure } from "./lifecycle";
import { unknownValue } from "./unknown-value";

/** `bucketName` by the rule of EOS. */
export function checkBucketName(value: unknown): CheckFailure[] {
  if (value === unknownValue || (typeof value === "string" && isBucketName(value))) return [];
  return [
    {
      property: "bucketName",
      reason: `expected the name of an EOS bucket (${bucketNameRule}), got ${quoted(value)}. Use the logical name, as the ENS console lists it.`,
    },
  ];
}

/** `clientIp`, where there is one: a plain address. */
export function checkClientIp(value: unknown): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue || isAddress(value)) return [];
  return [
    {
      property: "clientIp",
      reason: `expected ${addressRule}, got ${quoted(value)}. Leave it out to use the address that Pulumi runs from.`,
    },
  ];
}

/** `clientIps`: an address for each site, by name; at least one. */
export function checkClientIps(value: unknown): CheckFailure[] {
  if (value === unknownValue) return [];
  const addresses = new Map<string, unknown>(isRecord(value) ? Object.entries(value) : []);
  // Sorted, since the engine passes maps in any order.
  const sites = [...addresses.keys()].sort();
  if (sites.length === 0) {
    const reason = `expected at least one site with its address, such as { berlin: "203.0.113.7" }, got ${quoted(value)}.`;
    return [{ property: "clientIps", reason }];
  }
  return sites.flatMap((site) => {
    const address = addresses.get(site);
    const property = `clientIps${pathTo(site)}`;
    const failures: CheckFailure[] = [];
    if (site === "" || printable(site, longestSite) !== site) {
      const reason = `expected a site's name of 1 to ${longestSite} printable characters, got ${quoted(site)}.`;
      failures.push({ property, reason });
    }
    if (address !== unknownValue && !isAddress(address)) {
      failures.push({ property, reason: `expected ${addressRule}, got ${quoted(address)}.` });
    }
    return failures;
  });
}

const longestSite = 100;

const addressRule = "a plain IPv4 or IPv6 address without port, prefix length or zone, such as 203.0.113.7";

function isAddress(value: unknown): boolean {
  return typeof value === "string" && isPlainAddress(value);
}

/** `triggers`, where there are any: a list. */
export function checkTriggers(value: unknown): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue || Array.isArray(value)) return [];
  return [
    {
      property: "triggers",
      reason: `expected a list of values, got ${quoted(value)}. Put it in brackets: triggers: [value].`,
    },
  ];
}
