// This package, with a resource for each file.
const { join } = require("node:path");
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");
const { bucketName, folder, names } = require("./files-workload");

for (const key of names()) {
  new ens.BucketObject(key, { bucketName, key, source: new pulumi.asset.FileAsset(join(folder, key)) });
}
