// Preloaded into a provider process: names below .test, which no name server knows, lead to this machine.
const dns = require("node:dns");

const { lookup } = dns;
dns.lookup = (name, options, callback) =>
  lookup(name.endsWith(".test") ? "127.0.0.1" : name, options, callback);
