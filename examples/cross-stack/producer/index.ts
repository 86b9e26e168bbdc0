import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const bucketName = new pulumi.Config().require("bucketName");

const media = new ens.PreparedUpload("media", { bucketName });

export const uploads = media.target;
