import * as pulumi from "@pulumi/pulumi";
import type { DeclaresOutputs, OutputNames } from "../../resource/ens-resource";
import { EnsResource } from "../../resource/ens-resource";
import type { ResourceClass } from "../../resource/registration";
import { resourceType } from "../../resource/resource-type";
import { resources } from "../registry";
import type { BucketObjectInputs, BucketObjectState } from "./properties";

/** What a {@link BucketObject} is made from. */
export interface BucketObjectArgs {
  /** The logical bucket. A change replaces the object. */
  readonly bucketName: pulumi.Input<string>;
  /**
   * The name of the object, such as `assets/logo.png`: 1 to 1023 bytes, not beginning with `/` or `\`. A change replaces
   * the object.
   */
  readonly key: pulumi.Input<string>;
  /**
   * What the object is made of: a `FileAsset`, a `StringAsset` of at most 1 MB, or a `RemoteAsset`. The path of a file is
   * relative to the program's folder. A file of any size is streamed. A preview shows that its content has changed; when
   * it was written says nothing. Either this or `content`.
   */
  readonly source?: pulumi.Input<pulumi.asset.Asset | undefined>;
  /**
   * The text that the object is made of, at most 1 MB in UTF-8; it is kept in state, encrypted where it is a secret. An
   * empty text is an object of 0 bytes. Either this or `source`.
   */
  readonly content?: pulumi.Input<string | undefined>;
  /** What the content is. Default: what the extension of `key` stands for, `application/octet-stream` where it is not known. */
  readonly contentType?: pulumi.Input<string | undefined>;
  /** How long browsers may keep it: `no-cache`, `max-age=3600`. Default: none. */
  readonly cacheControl?: pulumi.Input<string | undefined>;
  /** Whether browsers show or save it, and under which name: `attachment; filename="report.pdf"`. Default: none. */
  readonly contentDisposition?: pulumi.Input<string | undefined>;
  /** How the content is packed already: `gzip`. Default: none. */
  readonly contentEncoding?: pulumi.Input<string | undefined>;
  /**
   * Texts of your own by name, at most 8192 characters in all. They are headers `x-oss-meta-<name>`, and capitals
   * in names are not told apart. Default: none.
   */
  readonly metadata?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>> | undefined>;
}

/** What state has for the provider alone. */
type Internal = "sourceHash" | "typeFromKey" | "overwritten";

const type = resourceType(resources.BucketObject);

const outputs: OutputNames<BucketObjectState, BucketObjectInputs, Internal> = {
  etag: undefined,
  size: undefined,
};

const bucketObject: ResourceClass<BucketObjectArgs> = {
  resource: resources.BucketObject,
  inputs: {
    bucketName: true,
    key: true,
    source: true,
    content: true,
    contentType: true,
    cacheControl: true,
    contentDisposition: true,
    contentEncoding: true,
    metadata: true,
  },
  outputs,
  claims: true,
  madeOf: {},
  insteadOfImport:
    "Leave the option `import` out: `pulumi up` puts the object in the place of the one that is there.",
};

/**
 * One object of an EOS bucket, made of a file, of text, or of what a URL names. It is put where PrepareUpload says.
 *
 * An object that is there already under the same key is overwritten. What others change of it, or that they deleted it,
 * is seen by `pulumi refresh`, and the next `pulumi up` puts it again.
 *
 * @example A file
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const bucket = new ens.Bucket("media", { bucketAcl: "public-read" });
 * const logo = new ens.BucketObject("logo", {
 *   bucketName: bucket.bucketName,
 *   key: "assets/logo.png",
 *   source: new pulumi.asset.FileAsset("logo.png"),
 *   cacheControl: "max-age=3600",
 * });
 *
 * export const etag = logo.etag;
 * ```
 *
 * @example Text made from another output
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const bucket = new ens.Bucket("media");
 * const upload = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
 *
 * new ens.BucketObject("config", {
 *   bucketName: bucket.bucketName,
 *   key: "config.json",
 *   content: pulumi.jsonStringify({ uploads: upload.endpointUrl }),
 * });
 * ```
 *
 * @throws InstallationError when the package cannot be found from the program's folder, or Node does not run it.
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export class BucketObject extends EnsResource {
  /** The logical bucket. */
  declare readonly bucketName: pulumi.Output<string>;
  /** The name of the object. */
  declare readonly key: pulumi.Output<string>;
  /** The text that it is made of, where it is made of `content`. */
  declare readonly content: pulumi.Output<string | undefined>;
  /** The content type, also where it follows from the key. */
  declare readonly contentType: pulumi.Output<string>;
  /** How long browsers may keep it. */
  declare readonly cacheControl: pulumi.Output<string | undefined>;
  /** Whether browsers show or save it. */
  declare readonly contentDisposition: pulumi.Output<string | undefined>;
  /** How the content is packed. */
  declare readonly contentEncoding: pulumi.Output<string | undefined>;
  /** Texts by name. */
  declare readonly metadata: pulumi.Output<Readonly<Record<string, string>> | undefined>;
  /**
   * As EOS gave it, in lower case: the MD5 of the content in hexadecimal, but not for content of more than 100 MB. A
   * secret where the content is one.
   */
  declare readonly etag: pulumi.Output<string>;
  /**
   * In bytes. A secret where the content is one.
   *
   * @large
   */
  declare readonly size: pulumi.Output<number>;

  /** Whether `value` is a BucketObject, also one made by another copy of the package. */
  static override isInstance(value: unknown): value is BucketObject {
    return pulumi.CustomResource.isInstance(value) && Reflect.get(value, "__pulumiType") === type;
  }

  /**
   * Puts one object into a bucket, made of a file, a text or what a URL names.
   *
   * @param name - The resource's name in the stack.
   * @param args - The bucket, the key, the content and its headers.
   * @param opts - Pulumi's usual options.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * new ens.BucketObject("hello", { bucketName: "media-assets", key: "hello.txt", content: "Hello" });
   * ```
   */
  constructor(name: string, args: BucketObjectArgs, opts?: pulumi.CustomResourceOptions) {
    super(bucketObject, name, args, opts);
  }
}

BucketObject satisfies DeclaresOutputs<BucketObjectState, Internal>;
