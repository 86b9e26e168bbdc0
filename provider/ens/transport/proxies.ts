import { BlockList, isIP } from "node:net";
import { isLoopback } from "../endpoint";

/** A proxy that a variable of the environment names. */
export interface HttpProxy {
  /** `http://proxy.example.com:3128`, without user and password. */
  readonly url: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: string;
  /** The variable: `HTTPS_PROXY`. */
  readonly from: string;
}

/** The proxies of the environment, as curl and Go's programs read it. */
export interface Proxies {
  readonly https?: HttpProxy;
  readonly http?: HttpProxy;
  /** Hosts that are reached directly: what `NO_PROXY` holds. */
  readonly except: string;
}

/** Called with a variable that cannot be used, and why. */
type Complain = (variable: string, reason: string) => void;

/** Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; of two spellings the lower-case one wins, as in curl. */
export function readProxies(env: NodeJS.ProcessEnv, complain: Complain): Proxies {
  const https = readProxy(env, "https_proxy", complain);
  const http = readProxy(env, "http_proxy", complain);
  return {
    ...(https !== undefined ? { https } : {}),
    ...(http !== undefined ? { http } : {}),
    except: env.no_proxy || env.NO_PROXY || "",
  };
}

function readProxy(env: NodeJS.ProcessEnv, name: string, complain: Complain): HttpProxy | undefined {
  const variable = [name, name.toUpperCase()].find((spelling) => (env[spelling] ?? "").trim() !== "");
  if (variable === undefined) return undefined;
  const proxy = parseProxy((env[variable] ?? "").trim(), variable);
  if (proxy === undefined) {
    complain(
      variable,
      // Without the value, which may hold a password.
      "expected the URL of an HTTP proxy, such as http://proxy.example.com:3128 or " +
        `http://user:password@proxy.example.com:3128 (special characters percent-encoded).\nFix ${variable}, or unset it to connect directly.`,
    );
  }
  return proxy;
}

function parseProxy(text: string, from: string): HttpProxy | undefined {
  try {
    const { protocol, host, username, password } = new URL(text.includes("://") ? text : `http://${text}`);
    if (!["http:", "https:"].includes(protocol) || host === "") return undefined;
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return {
      url: `${protocol}//${host}`,
      ...(user !== ":" ? { authorization: `Basic ${Buffer.from(user).toString("base64")}` } : {}),
      from,
    };
  } catch (error) {
    // Not a URL, or not percent-encoded as it should be.
    if (error instanceof TypeError || error instanceof URIError) return undefined;
    throw error;
  }
}

/** Where an ECS instance asks for its credentials. A proxy would answer with those of its own machine. */
const metadataHost = "100.100.100.200";

/** The proxy for a URL; `undefined` to connect directly, as always to this machine. */
export function proxyFor(
  { protocol, hostname, port }: Pick<URL, "protocol" | "hostname" | "port">,
  proxies: Proxies,
): HttpProxy | undefined {
  if (hostname === metadataHost || isLoopback(hostname)) return undefined;
  const secure = protocol === "https:";
  const proxy = secure ? proxies.https : proxies.http;
  const host = hostname.replace(/^\[|\]$/g, "");
  const excepted = proxies.except
    .split(/[\s,]+/)
    .some((entry) => entry !== "" && matches(entry, host, port || (secure ? "443" : "80")));
  return excepted ? undefined : proxy;
}

/** ` through the proxy http://proxy.example.com:3128 (HTTPS_PROXY)`, for errors. */
export function throughProxy(proxy: HttpProxy | undefined): string {
  return proxy === undefined ? "" : ` through the proxy ${proxy.url} (${proxy.from})`;
}

/**
 * Whether an entry of `NO_PROXY` means a host. `*` means every host; an address may have a prefix length; `example.com`
 * means itself and the names below it, `.example.com` only the names below it.
 */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [, inBrackets, plain, wantedPort] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  // An IPv6 address without brackets cannot have a port.
  const pattern = withoutLastDot(inBrackets ?? plain ?? entry);
  if (wantedPort !== undefined && wantedPort !== port) return false;
  if (isIP(host) !== 0) return isInRange(host, pattern);
  const name = withoutLastDot(host);
  const suffix = pattern.replace(/^\*?\./, "");
  return name.endsWith(`.${suffix}`) || (name === suffix && suffix === pattern);
}

function withoutLastDot(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function isInRange(address: string, range: string): boolean {
  const [network = "", length] = range.split("/");
  const family = isIP(network);
  if (family === 0 || family !== isIP(address)) return false;
  const longest = family === 4 ? 32 : 128;
  // An empty length is a mistake, and must not mean every address.
  const bits = length === undefined ? longest : Number(length || Number.NaN);
  if (!Number.isInteger(bits) || bits < 0 || bits > longest) return false;
  const list = new BlockList();
  const type = family === 4 ? "ipv4" : "ipv6";
  list.addSubnet(network, bits, type);
  return list.check(address, type);
}
