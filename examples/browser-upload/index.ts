import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();
const bucketName = config.require("bucketName");
// By name: the address of one client and how much of it all clients of the site share, e.g. 203.0.113.7/24.
const sites = config.getObject<Record<string, string>>("sites") ?? {};

const media = new ens.PreparedUpload("anywhere", { bucketName });

export const target = media.target;

// What the server needs: where clients of each site upload to, and where all others do.
export const anywhere = target.apply(ens.ossClientOptions);
export const bySite = Object.entries(sites).map(([site, network]) => {
  const [clientIp = ""] = network.split("/");
  const prepared = new ens.PreparedUpload(site, { bucketName, clientIp });
  return { site, network, ossOptions: prepared.target.apply(ens.ossClientOptions) };
});
