// Preloaded into a provider process: the address of an ECS instance's metadata service cannot be configured, so
// requests for it go to a local server instead.
const http = require("node:http");
const { urlToHttpOptions } = require("node:url");

const { hostname, port } = new URL(process.env.TEST_METADATA_URL);
const request = http.request;

http.request = (first, ...rest) => {
  const asked = typeof first === "string" ? urlToHttpOptions(new URL(first)) : first;
  if ((asked.hostname ?? asked.host) !== "100.100.100.200") return request(first, ...rest);
  return request({ ...asked, host: hostname, hostname, port }, ...rest);
};
