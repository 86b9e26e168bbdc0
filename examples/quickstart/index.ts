import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();

// Where is the bucket, physically? Asked while `pulumi up` runs.
const media = new ens.PreparedUpload("media", {
  bucketName: config.get("bucketName") ?? "media-assets",
  clientIp: config.get("clientIp"), // left out: the address that Pulumi runs from
  triggers: [config.get("release") ?? "first"],
});

export const physicalBucketName = media.physicalBucketName;
export const endpointUrl = media.endpointUrl;
export const target = media.target;
