import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

export interface MediaArgs {
  readonly bucketName: pulumi.Input<string>;
  readonly clientIp?: pulumi.Input<string>;
}

/** What the uploaders of this team read: where to put files, as JSON. */
export class Media extends pulumi.ComponentResource {
  readonly uploaderSettings: pulumi.Output<string>;

  constructor(name: string, args: MediaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("example:index:Media", name, {}, opts);
    const upload = new ens.PreparedUpload(name, args, { parent: this });
    this.uploaderSettings = pulumi.jsonStringify({
      bucket: upload.physicalBucketName,
      endpoint: upload.endpointUrl,
      prefix: "incoming/",
    });
    this.registerOutputs({ uploaderSettings: this.uploaderSettings });
  }
}
