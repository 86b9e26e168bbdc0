import { assetKey, assetSignature } from "../../provider/resources/bucket-object/asset";
import type { resources } from "../../provider/resources/registry";
import type { Folder } from "./folder";
import type { Properties } from "./plugin-process";

/** How a resource is made and edited through the plugin. */
export interface Scenario {
  readonly inputs: Properties;
  /** An edit in place. */
  readonly edited: Properties;
  /** Where the edit is. */
  readonly place: string;
  /** An edit that replaces. */
  readonly replaced: Properties;
  /** What a preview of the create does not know. */
  readonly unknown: readonly string[];
}

export type ClassName = keyof typeof resources;

/** One for each resource of the registry. There is a bucket `media-assets`. */
export function scenarios(folder: Folder): Readonly<Record<ClassName, Scenario>> {
  const bucketName = "media-assets";
  const path = folder.make("site");
  folder.write("site/index.html", "<p>hello");
  const source = { [assetKey]: assetSignature, hash: "5".repeat(64), path: folder.write("logo.txt", "logo") };
  return {
    Bucket: {
      inputs: { lifecycleRules: [{ prefix: "tmp/", expirationDays: 7 }] },
      edited: { lifecycleRules: [{ prefix: "tmp/", expirationDays: 8 }] },
      place: "lifecycleRules[0].expirationDays",
      replaced: { dispatchScope: "domestic" },
      unknown: ["ensRegionId"],
    },
    BucketFolder: {
      inputs: { bucketName, path },
      edited: { bucketName, path, fileOptions: [{ files: "**/*.html", cacheControl: "no-cache" }] },
      place: "fileOptions",
      replaced: { bucketName: "another-bucket", path },
      unknown: ["digest", "fileCount"],
    },
    BucketObject: {
      inputs: { bucketName, key: "logo.txt", source, metadata: { by: "me" } },
      edited: { bucketName, key: "logo.txt", source, metadata: { by: "you" } },
      place: "metadata.by",
      replaced: { bucketName, key: "other.txt", source },
      unknown: ["contentType", "etag", "size"],
    },
    PreparedUpload: {
      inputs: { bucketName },
      edited: { bucketName, clientIp: "203.0.113.7" },
      place: "clientIp",
      replaced: { bucketName: "another-bucket" },
      unknown: ["endpoint", "endpointUrl", "physicalBucketName", "requestId", "target"],
    },
    PreparedUploads: {
      inputs: { bucketName, clientIps: { berlin: "203.0.113.7" } },
      edited: { bucketName, clientIps: { berlin: "203.0.113.8" } },
      place: "clientIps.berlin",
      replaced: { bucketName: "another-bucket", clientIps: { berlin: "203.0.113.7" } },
      unknown: ["places", "targets"],
    },
  };
}
