import { isIP } from "node:net";

/** Where a service listens. */
export interface Endpoint {
  readonly protocol: "https" | "http";
  /** Host with optional port, as in a URL: `ens.aliyuncs.com`, `127.0.0.1:8080`, `[::1]:8080`. */
  readonly host: string;
  /** The setting that it comes from, where it is not the usual one. */
  readonly setting?: EndpointSetting;
}

/** Where an endpoint was set. */
export interface EndpointSetting {
  /** In words: `environment variable ALIBABA_CLOUD_ENDPOINT_ENS`. */
  readonly from: string;
  /** How the user removes it there, ready to copy. */
  readonly howToRemove: string;
}

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const name = new RegExp(`^${label}(?:\\.${label})*$`, "i");

/** Whether `text` is a host with an optional port and nothing else: no scheme, path, user or space. */
export function isHost(text: string): boolean {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::([1-9]\d{0,4}))?$/.exec(text) ?? [];
  if (port !== undefined && Number(port) > 65535) return false;
  if (bracketed !== undefined) return isIP(bracketed) === 6 && !bracketed.includes("%");
  return plain !== undefined && plain.length <= 253 && name.test(plain) && isHostOfUrl(plain);
}

/** Whether a URL keeps this host as it is: it turns `127.1` into 127.0.0.1, and refuses `eos.1` and a broken `xn--`. */
function isHostOfUrl(plain: string): boolean {
  const url = `https://${plain}`;
  return URL.canParse(url) && new URL(url).hostname === plain.toLowerCase();
}

/** Whether `host` (one that passes {@link isHost}) is this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/:\d+$/, "").toLowerCase();
  return (
    bare === "localhost" ||
    bare.endsWith(".localhost") ||
    bare === "[::1]" ||
    (isIP(bare) === 4 && bare.startsWith("127."))
  );
}

/** The endpoint of a bare host: https, but http on this machine, where servers have no certificate. */
export function endpointOf(host: string): Endpoint {
  return { protocol: isLoopback(host) ? "http" : "https", host };
}

/** `https://eos.aliyuncs.com` */
export function endpointUrl({ protocol, host }: Endpoint): string {
  return `${protocol}://${host}`;
}

/** What an endpoint setting may be, in words. */
export const endpointRule = "a host or an https URL without a path (http only for a loopback host)";

/**
 * Reads an endpoint setting: a bare host, or a URL of one. `undefined` when it does not follow {@link endpointRule}.
 */
export function parseEndpoint(text: string): Endpoint | undefined {
  const [, scheme, host = ""] = /^(?:(https?):\/\/)?([^/]*)\/?$/i.exec(text) ?? [];
  if (!isHost(host)) return undefined;
  if (scheme === undefined) return endpointOf(host);
  const protocol = scheme.toLowerCase() === "http" ? "http" : "https";
  return protocol === "https" || isLoopback(host) ? { protocol, host } : undefined;
}

/**
 * Regions with an ENS endpoint of their own.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-endpoint
 */
const ensHosts: ReadonlyMap<string, string> = new Map([
  ["ap-southeast-1", "ens.ap-southeast-1.aliyuncs.com"],
]);

/** Where ENS listens for a region; region is not a parameter of the call. */
export function ensEndpoint(region: string | undefined): Endpoint {
  return endpointOf(ensHosts.get(region ?? "") ?? "ens.aliyuncs.com");
}
