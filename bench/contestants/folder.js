// This package, as its README says: all files in one resource.
const ens = require("pulumi-alicloud-ens");
const { bucketName, folder } = require("./files-workload");

new ens.BucketFolder("files", { bucketName, path: folder });
