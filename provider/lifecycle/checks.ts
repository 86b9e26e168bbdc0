import { bucketNameRule, isBucketName } from "../ens/bucket-name";
import { isPlainAddress } from "../ens/ip-address";
import { isRecord } from "../ens/is-record";
import { concealed } from "../ens/text/concealed";
import { didYouMean } from "../ens/text/nearest-name";
import { pathTo } from "../ens/text/path-to";
import { printable } from "../ens/text/printable";
import { quoted } from "../ens/text/quoted";
import type { CheckFailure, Properties } from "./lifecycle";
import { unknownValue } from "./unknown-value";

/** `bucketName` by the rule of EOS. */
export function checkBucketName(value: unknown): CheckFailure[] {
  if (value === unknownValue || (typeof value === "string" && isBucketName(value))) return [];
  return [
    failure("bucketName", value, (came) => [
      `expected the name of an EOS bucket (${bucketNameRule}), got ${came}.`,
      "Use the logical name, as the ENS console lists it.",
    ]),
  ];
}

/** `clientIp`, where there is one: a plain address. */
export function checkClientIp(value: unknown): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue || isAddress(value)) return [];
  return [
    failure("clientIp", value, (came) => [
      `expected ${addressRule}, got ${came}.`,
      "Leave it out to use the address that Pulumi runs from.",
    ]),
  ];
}

/** `clientIps`: an address for each site, by name; at least one. */
export function checkClientIps(value: unknown): CheckFailure[] {
  if (value === unknownValue) return [];
  const example = '{ berlin: "203.0.113.7" }';
  if (!isRecord(value)) {
    return [wrongKind("clientIps", value, `a map of sites with their addresses, such as ${example}`)];
  }
  const addresses = new Map<string, unknown>(Object.entries(value));
  // Sorted, since the engine passes maps in any order.
  const sites = [...addresses.keys()].sort();
  if (sites.length === 0) {
    return [
      failure("clientIps", value, (came) => [
        `expected at least one site with its address, such as ${example}, got ${came}.`,
      ]),
    ];
  }
  return sites.flatMap((site) => {
    const address = addresses.get(site);
    const property = `clientIps${pathTo(site)}`;
    const failures: CheckFailure[] = [];
    if (site === "" || printable(site, longestSite) !== site) {
      failures.push(
        failure(property, site, (came) => [
          `expected a site's name of 1 to ${longestSite} printable characters, got ${came}.`,
        ]),
      );
    }
    if (address !== unknownValue && !isAddress(address)) {
      failures.push(failure(property, address, (came) => [`expected ${addressRule}, got ${came}.`]));
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
  return [wrongKind("triggers", value, 'a list of values, such as ["release 1"]', "Put it in brackets.")];
}

/** Members of an object that there are not: one with a wrong name would have no effect. */
export function checkMembers(
  property: string,
  object: Properties,
  subject: string,
  known: readonly string[],
): CheckFailure[] {
  return Object.keys(object)
    .filter((name) => !known.includes(name) && object[name] !== undefined)
    .map((name) =>
      failureSaying(
        `${property}${pathTo(name)}`,
        `${printable(name, 100)}${didYouMean(name, known)}`,
        (came) => [ended(`${subject} has only ${inWords(known, "and")}, got ${came}`)],
      ),
    );
}

/** A sentence with its full stop; one that asks what was meant has its own mark. */
export function ended(sentence: string): string {
  return sentence.endsWith("?") ? sentence : `${sentence}.`;
}

export function inWords(words: readonly string[], conjunction = "or"): string {
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

/** A failure in both of its forms; `sentences` says why, with what came. */
export function failure(
  property: string,
  value: unknown,
  sentences: (came: string) => readonly string[],
): CheckFailure {
  return failureSaying(property, quoted(value), sentences);
}

/**
 * The same, where `said` tells what came in other words: how long it is, or what was probably meant. These too say
 * something of a secret, so the concealed form does not have them.
 */
export function failureSaying(
  property: string,
  said: string,
  sentences: (came: string) => readonly string[],
): CheckFailure {
  const reason = (came: string) => {
    const [what = "", ...remedy] = sentences(came);
    return remedy.length === 0 ? what : `${what}\n${remedy.join(" ")}`;
  };
  return { property, reason: reason(said), concealed: reason(concealed) };
}

/** A failure where another kind of value is expected: of a list and a map, brackets alone are easily overlooked. */
export function wrongKind(
  property: string,
  value: unknown,
  expected: string,
  ...remedy: readonly string[]
): CheckFailure {
  const kind = Array.isArray(value) ? "a list: " : isRecord(value) ? "a map: " : "";
  return failureSaying(property, kind + quoted(value), (came) => [
    `expected ${expected}, got ${came}.`,
    ...remedy,
  ]);
}
