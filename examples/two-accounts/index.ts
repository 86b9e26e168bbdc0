import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const config = new pulumi.Config();
const bucketName = config.get("bucketName") ?? "media-assets";
const partnerBucketName = config.get("partnerBucketName") ?? "partner-assets";

// The stack's own account.
const own = new ens.PreparedUpload("own", { bucketName });

// The other account.
const partner = new ens.Provider("partner", {
  accessKey: config.require("partnerAccessKey"),
  secretKey: config.requireSecret("partnerSecretKey"),
});
const theirs = new ens.PreparedUpload("theirs", { bucketName: partnerBucketName }, { provider: partner });

/** What is inside works with the provider that the component is given. */
class Media extends pulumi.ComponentResource {
  readonly target: pulumi.Output<ens.UploadTarget>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("two-accounts:index:Media", name, {}, opts);
    this.target = new ens.PreparedUpload(name, { bucketName: partnerBucketName }, { parent: this }).target;
    this.registerOutputs();
  }
}

const media = new Media("media", { providers: [partner] });

export const targets = { own: own.target, theirs: theirs.target, media: media.target };
