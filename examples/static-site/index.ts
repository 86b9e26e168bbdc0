import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();

const bucket = new ens.Bucket("site", {
  // Left out: a name made from that of the stack, the same at every `pulumi up`.
  bucketName: config.get("bucketName"),
  // So that browsers may read it.
  bucketAcl: "public-read",
});

// Where the bucket physically is, which its URLs need.
const { target } = new ens.PreparedUpload("site", { bucketName: bucket.bucketName });

// An object made from outputs of other resources.
const settings = new ens.BucketObject("config", {
  bucketName: bucket.bucketName,
  key: "config.json",
  content: pulumi.jsonStringify({ bucket: target.physicalBucketName, endpoint: target.endpoint }),
  cacheControl: "no-cache",
});

// Every file in `site/`.
const site = new ens.BucketFolder(
  "site",
  {
    bucketName: bucket.bucketName,
    path: "site",
    // Browsers ask for a page again each time. What it uses they may keep for an hour.
    fileOptions: [
      { files: "**", cacheControl: "max-age=3600" },
      { files: "**/*.html", cacheControl: "no-cache" },
    ],
  },
  // The page asks for it, so it is there first.
  { dependsOn: settings },
);

export const files = site.fileCount;
export const url = target.apply((place) => ens.objectUrl(place, "index.html"));
