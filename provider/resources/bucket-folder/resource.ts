import * as pulumi from "@pulumi/pulumi";
import type { FileOption } from "../../files/match-options";
import type { DeclaresOutputs, OutputNames } from "../../resource/ens-resource";
import { EnsResource } from "../../resource/ens-resource";
import type { ResourceClass } from "../../resource/registration";
import { resourceType } from "../../resource/resource-type";
import { resources } from "../registry";
import type { BucketFolderInputs, BucketFolderState } from "./properties";

/** What the objects of some files have besides their content. */
export interface FileOptionArgs {
  /** A glob for the files' names, relative to the folder: `**\/*.html`. */
  readonly files: pulumi.Input<string>;
  /** What their content is. Default: by the name's extension, `application/octet-stream` where it says nothing. */
  readonly contentType?: pulumi.Input<string | undefined>;
  /** How long browsers may keep them: `no-cache`, `max-age=3600`. Default: none. */
  readonly cacheControl?: pulumi.Input<string | undefined>;
  /** Whether browsers show or save them: `attachment`. Default: none. */
  readonly contentDisposition?: pulumi.Input<string | undefined>;
  /** How their content is packed already: `gzip`. Default: none. */
  readonly contentEncoding?: pulumi.Input<string | undefined>;
  /** Texts of your own by name. Default: none. */
  readonly metadata?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>> | undefined>;
}

/** What a {@link BucketFolder} is made from. */
export interface BucketFolderArgs {
  /** The logical EOS bucket. A change replaces the resource. */
  readonly bucketName: pulumi.Input<string>;
  /** The local folder, relative to the program's. */
  readonly path: pulumi.Input<string>;
  /** What keys begin with, before the file's name: `site/`. Default: nothing. A change moves the objects, in place. */
  readonly prefix?: pulumi.Input<string | undefined>;
  /** Globs for the files to put. Default: all files. */
  readonly include?: pulumi.Input<readonly pulumi.Input<string>[] | undefined>;
  /** Globs for files that are not put. Default: none. */
  readonly exclude?: pulumi.Input<readonly pulumi.Input<string>[] | undefined>;
  /** Headers for files by glob; for each header, the last option that matches wins. Default: none. */
  readonly fileOptions?: pulumi.Input<readonly pulumi.Input<FileOptionArgs>[] | undefined>;
}

const type = resourceType(resources.BucketFolder);

type Internal = "files" | "partEtags" | "leftover";

const outputs: OutputNames<BucketFolderState, BucketFolderInputs, Internal> = {
  fileCount: undefined,
  digest: undefined,
};

const bucketFolder: ResourceClass<BucketFolderArgs> = {
  resource: resources.BucketFolder,
  inputs: { bucketName: true, path: true, prefix: true, include: true, exclude: true, fileOptions: true },
  outputs,
  madeOf: {},
  claims: true,
  insteadOfImport:
    "Leave the option `import` out: `pulumi up` puts the files in the place of the objects that are there.",
};

/**
 * The files of a local folder in an EOS bucket, as one resource: an update puts those that changed, and deletes those that
 * are gone. It never deletes objects that it did not put.
 *
 * A preview reads the folder and says what an update would do. Files that may hold secrets (`.env`, `.git/`, private keys)
 * are left out, unless `include` names them.
 *
 * @example A site, whose pages browsers ask for again each time
 * ```ts
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const bucket = new ens.Bucket("site", { bucketAcl: "public-read" });
 * const site = new ens.BucketFolder("site", {
 *   bucketName: bucket.bucketName,
 *   path: "dist",
 *   fileOptions: [{ files: "**\/*.html", cacheControl: "no-cache" }],
 * });
 *
 * export const files = site.fileCount;
 * ```
 *
 * @throws InstallationError when the package cannot be found from the program's folder, or Node does not run it.
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export class BucketFolder extends EnsResource {
  /** The logical bucket. */
  declare readonly bucketName: pulumi.Output<string>;
  /** The local folder. */
  declare readonly path: pulumi.Output<string>;
  /** What keys begin with, where it was given. */
  declare readonly prefix: pulumi.Output<string | undefined>;
  /** The globs for the files to put, where they were given. */
  declare readonly include: pulumi.Output<readonly string[] | undefined>;
  /** The globs for files that are not put, where they were given. */
  declare readonly exclude: pulumi.Output<readonly string[] | undefined>;
  /** Headers for files by glob, where they were given. */
  declare readonly fileOptions: pulumi.Output<readonly FileOption[] | undefined>;
  /** How many files were put. */
  declare readonly fileCount: pulumi.Output<number>;
  /** A text that is another one whenever any of the files, its name or its headers is. */
  declare readonly digest: pulumi.Output<string>;

  /** Whether `value` is a BucketFolder, also one made by another copy of the package. */
  static override isInstance(value: unknown): value is BucketFolder {
    return pulumi.CustomResource.isInstance(value) && Reflect.get(value, "__pulumiType") === type;
  }

  /**
   * Puts the files of a local folder into a bucket, and only what has changed the next time.
   *
   * @param name - The resource's name in the stack.
   * @param args - The bucket, and the files to put into it.
   * @param opts - Pulumi's usual options.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * new ens.BucketFolder("site", { bucketName: "media-assets", path: "dist" });
   * ```
   */
  constructor(name: string, args: BucketFolderArgs, opts?: pulumi.CustomResourceOptions) {
    super(bucketFolder, name, args, opts);
  }
}

BucketFolder satisfies DeclaresOutputs<BucketFolderState, Internal>;
