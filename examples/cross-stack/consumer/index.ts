import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const producer = new pulumi.StackReference(new pulumi.Config().require("producerStack"));

export const uploads = ens.requireUploadTarget(producer, "uploads");
export const ossOptions = uploads.apply(ens.ossClientOptions);
