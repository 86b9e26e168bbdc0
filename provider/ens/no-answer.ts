import { type Endpoint, endpointUrl } from "./endpoint";
import { ConnectionError } from "./errors";
import type { Outcome } from "./retry/retrying-client";
import type { Reply } from "./rpc-client";
import { throughProxy } from "./transport/proxies";

/** How often and how long a call was tried; empty for a single attempt. */
export function tried({ attempts, took }: Pick<Outcome, "attempts" | "took">): string {
  return attempts === 1 ? "" : ` after ${attempts} attempts in ${(took / 1000).toFixed(1)} s`;
}

/** The error for a call that no attempt brought a usable answer to. */
export function noAnswer(
  action: string,
  endpoint: Endpoint,
  { why, proxy, cause }: Extract<Reply, { kind: "failure" }>,
  outcome: Pick<Outcome, "attempts" | "took">,
): ConnectionError {
  return new ConnectionError(
    `${action} got no usable answer from ${endpointUrl(endpoint)}${throughProxy(proxy)}${tried(outcome)}: ${why}. ` +
      `Check the network${proxy === undefined ? "" : ", the proxy"} and the setting endpoint, then run the command again; nothing was changed.`,
    { cause },
  );
}
