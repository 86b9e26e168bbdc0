import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const producer = new pulumi.StackReference(new pulumi.Config().require("producerStack"));

export const uploads = ens.requireUploadTarget(producer, "uploads");

// For uploaders outside of Pulumi, such as `upload.ts`.
export const ossOptions = uploads.apply(ens.ossClientOptions);

// A file of this stack in the producer's bucket.
const hello = new ens.BucketObject("hello", {
  bucketName: uploads.bucketName,
  key: "hello.txt",
  source: new pulumi.asset.FileAsset("hello.txt"),
});

export const helloUrl = pulumi.all([uploads, hello.key]).apply(([target, key]) => ens.objectUrl(target, key));
