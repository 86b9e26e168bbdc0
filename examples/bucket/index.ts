import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();

const bucket = new ens.Bucket("media", {
  // Left out: a name made from that of the stack, the same at every `pulumi up`.
  bucketName: config.get("bucketName"),
  lifecycleRules: [
    { prefix: "tmp/", expirationDays: config.getNumber("daysOfTmp") ?? 7 },
    { prefix: "logs/", expirationDays: 30 },
  ],
  forceDestroy: config.getBoolean("forceDestroy"),
});

// Where to upload to it, in the same `pulumi up`.
const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });

export const bucketName = bucket.bucketName;
export const uploads = media.target;
