import { BlockList, isIP } from "node:net";

/**
 * What cannot be the public address of a client, from the IANA special-purpose registries. The documentation
 * ranges (203.0.113.0/24 and others) are left out: examples and tests use them on purpose.
 */
const notPublic = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  notPublic.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  notPublic.addSubnet(network, prefix, "ipv6");
}

/** Whether `text` is a plain IPv4 or IPv6 address: no port, no prefix length, no zone. */
export function isPlainAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes("%");
}

/** Whether `address` (a plain one) can be the address that ENS sees a client come from. */
export function isPublicAddress(address: string): boolean {
  return !notPublic.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
