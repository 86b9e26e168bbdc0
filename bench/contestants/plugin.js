// This package's plugin, in a program of Node.
const ens = require("pulumi-alicloud-ens/plugin");
const { bucketName, addresses } = require("./workload");

for (const [site, clientIp] of Object.entries(addresses)) {
  new ens.PreparedUpload(site, { bucketName, clientIp });
}
