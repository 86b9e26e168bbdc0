import { isIP } from "node:net";

const wildcards = ["0.0.0.0", "::"];

/** Whether only programs of this machine can reach `host`, an address or `localhost`. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^::ffff:/, "");
  return address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}

/** A host as a URL has it. */
function inUrl(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

/** Where clients reach the API of an emulator that listens on `host`. */
export function apiHost(host: string, port: number): string {
  // Clients take http from a loopback host only, and all addresses include that one.
  return `${wildcards.includes(host) ? "127.0.0.1" : inUrl(host)}:${port}`;
}

/** Where clients reach its object storage: by a name where possible, since OSS clients put no bucket before an address. */
export function objectHost(host: string, port: number): string {
  const named = wildcards.includes(host) || ["127.0.0.1", "::1"].includes(host);
  return `${named ? "localhost" : inUrl(host)}:${port}`;
}

/** What a `Host` header may be when a request is for the emulator itself, not for a bucket that the host names. */
export function ownHosts(host: string, port: number): readonly string[] {
  const names = ["localhost", "127.0.0.1", "[::1]", inUrl(host)];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}

/** Whether a `Host` header has an address, which names no bucket. */
export function isAddress(hostHeader: string): boolean {
  const [, six, other] = /^(?:\[(.*)\]|([^:]*))(?::\d+)?$/.exec(hostHeader) ?? [];
  return isIP(six ?? other ?? "") !== 0;
}
