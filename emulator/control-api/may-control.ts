import { isLoopback } from "../hosts";

/** Who asks. */
export interface Asker {
  /** The address that the request came from. */
  readonly peer: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * Whether a control request may be answered. Only programs of this machine may ask: a web page open in a browser here
 * can reach loopback too, and gives itself away by its `Origin` or, after rebinding a name, by its `Host`.
 */
export function mayControl({ peer, host, origin }: Asker, ownHosts: readonly string[]): boolean {
  return isLoopback(peer) && origin === undefined && ownHosts.includes(host ?? "");
}
