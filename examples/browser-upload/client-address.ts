import { BlockList, isIP } from "node:net";

/** Networks such as `203.0.113.7/24`, or single addresses. */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.trim().split("/");
    const longest = isIP(address) === 6 ? 128 : 32;
    const length = prefix === undefined ? longest : Number(prefix);
    // An empty prefix length would count as 0, which is everyone.
    if (isIP(address) === 0 || !/^\d+$/.test(prefix ?? "0") || length > longest) {
      throw new Error(`Expected an address or a network such as 203.0.113.7/24, got "${network}".`);
    }
    list.addSubnet(address, length, family(address));
  }
  return list;
}

export function contains(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, family(address));
}

/**
 * The address a request comes from. Anyone can write anything into `X-Forwarded-For`, so it is read from its end, and
 * only the part that our own proxies wrote.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trusted: BlockList): string {
  let address = plain(peer);
  for (const hop of (forwardedFor ?? "").split(",").reverse()) {
    if (!contains(trusted, address) || isIP(plain(hop)) === 0) break;
    address = plain(hop);
  }
  return address;
}

/** An IPv4 address as such, also when it came over an IPv6 socket. */
function plain(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, "");
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
