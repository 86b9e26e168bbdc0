import { BlockList, isIP } from "node:net";

/** Refuses what is neither an address (`203.0.113.7`) nor a network (`203.0.113.0/24`). */
export function requireClientIps(clientIps: string): void {
  blockList(clientIps);
}

export function includesClient(clientIps: string, address: string): boolean {
  return blockList(clientIps).check(address, family(address));
}

function blockList(clientIps: string): BlockList {
  const [address = "", prefix] = clientIps.split("/");
  const longest = isIP(address) === 6 ? 128 : 32;
  const length = prefix === undefined ? longest : Number(prefix);
  if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > longest) {
    throw new Error(
      `clientIps should be an address or a network such as 203.0.113.0/24, got "${clientIps}".`,
    );
  }
  const list = new BlockList();
  list.addSubnet(address, length, family(address));
  return list;
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
