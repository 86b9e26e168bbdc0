import { ensService } from "../../../provider/ens/action";
import { prepareUpload } from "../../../provider/ens/actions/prepare-upload";
import { clockRemedy } from "../../../provider/ens/clock-remedy";
import type { Endpoint } from "../../../provider/ens/endpoint";
import { endpointUrl } from "../../../provider/ens/endpoint";
import { emulatorRemedy, endpointSettingOf } from "../../../provider/ens/endpoint-setting";
import { shellQuoted } from "../../../provider/ens/text/shell-quoted";
import type { Transport } from "../../../provider/ens/transport/exchange";
import { type Proxies, proxyFor, throughProxy } from "../../../provider/ens/transport/proxies";
import type { Settings } from "../../../provider/lifecycle/settings/settings";
import { type Finding, ok, problem, skipped, warning } from "../finding";
import { type Probe, probe } from "../probe";

/** An unsigned call. The API refuses it in its own way; anything else gives another answer. */
const request = {
  method: "POST",
  headers: {
    "x-acs-action": prepareUpload.name,
    "x-acs-version": ensService.version,
    accept: "application/json",
  },
};

/** Asks ENS without credentials. This tells whether the proxy opens the way, who answers, and what time it is there. */
export async function checkEndpoint(
  { endpoint, proxies, clientReadTimeout }: Settings,
  transport: Transport,
): Promise<readonly Finding[]> {
  const url = endpointUrl(endpoint);
  const answer = await probe(url, request, transport, clientReadTimeout);
  if (answer.kind === "failure" && answer.proxy !== undefined && !answer.beyondProxy) {
    const { why, proxy } = answer;
    // The lower-case name wins where it is set, and the hosts that are in it stay.
    const variable = process.env.no_proxy ? "no_proxy" : "NO_PROXY";
    const hosts = [proxies.except, new URL(url).hostname].filter(Boolean).join(",");
    const remedy =
      `There is no way to ${url}${throughProxy(proxy)}: ${why}. ` +
      `Fix ${proxy.from}, or go there directly: \`export ${variable}=${shellQuoted(hosts, "<hosts>")}\`; ` +
      `where the proxy opens the way to other hosts, check the setting ${endpointSettingOf(ensService, endpoint)}.`;
    return [problem("proxy", `${proxy.url} (${proxy.from}): ${why}`, remedy)];
  }
  return [describeProxy(url, proxies, answer), ...describeEndpoint(endpoint, answer)];
}

function describeProxy(url: string, proxies: Proxies, { proxy }: Probe): Finding {
  if (proxy !== undefined) return ok("proxy", `${proxy.url} (${proxy.from}) opens the way to ${url}`);
  const { https, http } = proxies;
  const unused = url.startsWith("https:") ? https : http;
  if (unused === undefined) return ok("proxy", "none is set, so connections are direct");
  // Without NO_PROXY: what still has no proxy never goes through one.
  const { protocol, hostname, port } = new URL(url);
  const isExcepted = proxyFor({ protocol, hostname, port }, { ...proxies, except: "" }) !== undefined;
  const why = isExcepted ? "NO_PROXY leaves it out" : "a host on this machine needs no proxy";
  return ok("proxy", `${unused.url} (${unused.from}) is not used for ${url}: ${why}`);
}

function describeEndpoint(endpoint: Endpoint, answer: Probe): readonly Finding[] {
  const url = endpointUrl(endpoint);
  const { setting } = endpoint;
  const check =
    `Check the network and the setting ${endpointSettingOf(ensService, endpoint)}` +
    `${setting === undefined ? "" : `; to use the usual one, ${setting.howToRemove}`}.`;
  if (answer.kind === "failure") {
    const { why, proxy, refused } = answer;
    const known = refused ? emulatorRemedy(ensService, endpoint) : answer.remedy;
    const what = `There is no answer from ${url}${throughProxy(proxy)}: ${why}.`;
    return [problem("endpoint", `${url}: ${why}`, [what, known === undefined ? check : `${known}.`])];
  }
  const { status, headers, how, durationMs } = answer;
  const isPage = (headers["content-type"] ?? "").startsWith("text/html");
  if (isPage || (status >= 300 && status < 400)) {
    const what = isPage ? "a web page" : `status ${status}, which the API never answers`;
    const remedy = `What came from ${url} is ${what}, so something other than ENS answers there. ${check}`;
    return [problem("endpoint", `${url} answers with ${what}`, remedy)];
  }
  return [
    ok("endpoint", `${url} answers (${how})`, { numbers: { durationMs } }),
    describeClock(headers.date),
  ];
}

/** In seconds. ENS refuses calls that are signed with a clock that is more wrong than this. */
const largestSkew = 900;
const skewToWarnOf = 300;

function describeClock(date: string | undefined): Finding {
  const serverTime = Date.parse(date ?? "");
  if (Number.isNaN(serverTime)) {
    return skipped("clock", "not known: the answer of ENS has no date to compare with");
  }
  const skew = Math.round((Date.now() - serverTime) / 1000);
  const numbers = { skewSeconds: skew };
  const distance = `${Math.abs(skew)} s ${skew < 0 ? "behind" : "ahead of"} the clock of ENS`;
  const message = `${distance}, which allows ${largestSkew} s`;
  if (Math.abs(skew) > largestSkew) {
    return problem("clock", message, clockRemedy, { numbers });
  }
  if (Math.abs(skew) > skewToWarnOf) {
    return warning("clock", message, clockRemedy, { numbers });
  }
  return ok("clock", Math.abs(skew) < 2 ? "agrees with the clock of ENS" : message, { numbers });
}
