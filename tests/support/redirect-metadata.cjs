// Preloaded into a provider process: the address of an ECS instance's metadata service cannot be configured, so
// requests for it go to a local server instead.
const http = require("node:http");

const { host } = new URL(process.env.TEST_METADATA_URL);
const [hostname, port] = host.split(":");
const request = http.request;

http.request = (first, ...rest) => {
  const options = typeof first === "string" ? new URL(first) : first;
  const asked = options.hostname ?? options.host;
  if (asked !== "100.100.100.200") return request(first, ...rest);
  const { protocol, method, headers, path } = options instanceof URL ? { path: options.pathname } : options;
  return request({ protocol, method, headers, path, hostname, port }, ...rest);
};
