// This package, as its README says.
const ens = require("pulumi-alicloud-ens");
const { bucketName, addresses } = require("./workload");

for (const [site, clientIp] of Object.entries(addresses)) {
  new ens.PreparedUpload(site, { bucketName, clientIp });
}
