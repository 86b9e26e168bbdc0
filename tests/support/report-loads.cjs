// Preloaded into a process: writes the name of every package of the vendor's that is loaded, as it is.
const Module = require("node:module");

const load = Module._load;
Module._load = function (request, ...rest) {
  if (request.startsWith("@alicloud/") || request === "ali-oss") process.stderr.write(`loads ${request}\n`);
  return load.call(this, request, ...rest);
};
