import * as pulumi from "@pulumi/pulumi";
import { Media } from "./media";

const config = new pulumi.Config();
const media = new Media("media", { bucketName: config.get("bucketName") ?? "media-assets" });

export const uploaderSettings = media.uploaderSettings;
