// This package, with all sites in one resource.
const ens = require("pulumi-alicloud-ens");
const { bucketName, addresses } = require("./workload");

new ens.PreparedUploads("sites", { bucketName, clientIps: addresses });
