// Preloaded into a provider process: the first look-up of `ens.localhost` fails, as when a resolver is busy; later ones
// find this machine.
const dns = require("node:dns");

const lookup = dns.lookup;
let asked = 0;
dns.lookup = (host, ...rest) => {
  if (host !== "ens.localhost") return lookup(host, ...rest);
  asked += 1;
  if (asked > 1) return lookup("127.0.0.1", ...rest);
  const error = Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), { code: "EAI_AGAIN" });
  process.nextTick(rest.at(-1), error);
};
