import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();

// Without a bucketName, the bucket gets a name made from this stack's.
const bucket = new ens.Bucket("media", { bucketName: config.get("bucketName") });

const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });

export const uploads = media.target;
