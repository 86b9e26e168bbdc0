// This package's plugin, in a program of Node: all files in one resource.
const ens = require("pulumi-alicloud-ens/plugin");
const { bucketName, folder } = require("./files-workload");

new ens.BucketFolder("files", { bucketName, path: folder });
