import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();

// Which site uploads from which address: from the stack's configuration, an inventory, or other resources.
const clientIps = config.getObject<Record<string, string>>("clientIps") ?? {
  berlin: "203.0.113.7",
  hamburg: "198.51.100.20",
};

const sites = new ens.PreparedUploads("sites", {
  bucketName: config.get("bucketName") ?? "media-assets",
  clientIps,
  triggers: [config.get("release") ?? "first"],
});

export const uploads = sites.targets;
export const endpointUrls = sites.targets.apply((targets) =>
  Object.fromEntries(Object.entries(targets).map(([site, { endpointUrl }]) => [site, endpointUrl])),
);
