import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();

// Its name is made from that of the stack, the same at every `pulumi up`.
const bucket = new ens.Bucket("storage", { bucketAcl: config.require<ens.BucketAcl>("bucketAcl") });

// Where the bucket physically is.
const place = new ens.PreparedUpload("storage", { bucketName: bucket.bucketName });

// Every file in `files/`.
const files = new ens.BucketFolder("files", { bucketName: bucket.bucketName, path: "files" });

export const fileCount = files.fileCount;
export const uploads = place.target;
