import * as pulumi from "@pulumi/pulumi";
import type { BucketAcl, DispatchScope, LogicalBucketType, RuleStatus } from "../../ens/bucket-words";
import { ProgramError } from "../../ens/errors";
import { printable } from "../../ens/text/printable";
import { autoName } from "../../resource/auto-name";
import type { DeclaresOutputs, OutputNames } from "../../resource/ens-resource";
import { EnsResource } from "../../resource/ens-resource";
import type { ResourceClass } from "../../resource/registration";
import { resourceType } from "../../resource/resource-type";
import { holdsSecret } from "../../resource/secret-inputs";
import { resources } from "../registry";
import { nameRule } from "./name-rule";
import type { BucketInputs, BucketLifecycleRule, BucketState } from "./properties";
import { warnings } from "./warnings";

/** When objects of a bucket are deleted by themselves. */
export interface BucketLifecycleRuleArgs {
  /** The beginning of the objects' names, at most 1023 bytes. A bucket has one rule for a prefix. Default: all objects. */
  readonly prefix?: pulumi.Input<string | undefined>;
  /** How many days after its last change an object is deleted; a whole number from 1. */
  readonly expirationDays: pulumi.Input<number>;
  /** `Enabled` or `Disabled`. Default: `Enabled`. */
  readonly status?: pulumi.Input<RuleStatus | undefined>;
}

/** What a {@link Bucket} is made from. */
export interface BucketArgs {
  /**
   * The name of the bucket: 3 to 50 lowercase letters, digits and hyphens, not beginning or ending with a hyphen. Names
   * are global: no two accounts can have the same. Default: the resource's name and seven digits, the same at every `up`.
   * A change replaces the bucket; to leave it out later keeps the name that the bucket has.
   */
  readonly bucketName?: pulumi.Input<string | undefined>;
  /**
   * Who may read and write the bucket without credentials of its account: `private`, `public-read` or
   * `public-read-write`. Default: `private`. A change is made in place.
   */
  readonly bucketAcl?: pulumi.Input<BucketAcl | undefined>;
  /**
   * `standard`: ENS schedules where the bucket lies; `sink`: it lies on the edge node `ensRegionId`. Default: `standard`.
   * A change replaces the bucket.
   */
  readonly logicalBucketType?: pulumi.Input<LogicalBucketType | undefined>;
  /**
   * The edge node, such as `cn-beijing-15`; it must have been bought. A `sink` bucket needs one. Default: ENS's choice. A
   * change replaces the bucket; to leave it out later changes nothing.
   */
  readonly ensRegionId?: pulumi.Input<string | undefined>;
  /**
   * Where ENS schedules a `standard` bucket: `domestic` or `oversea`. ENS never tells it, so a refresh leaves it as it is.
   * Default: ENS's choice. A change replaces the bucket; to leave it out later changes nothing.
   */
  readonly dispatchScope?: pulumi.Input<DispatchScope | undefined>;
  /** A text of at most 128 characters. Default: none. A change is made in place, where ENS lets that be done. */
  readonly comment?: pulumi.Input<string | undefined>;
  /**
   * The bucket's lifecycle rules, at most 1000. Given, they are all its rules: others are deleted, and an empty list
   * deletes all. Default: not managed, whatever rules there are. A change is made in place, for the rules that differ.
   */
  readonly lifecycleRules?: pulumi.Input<readonly pulumi.Input<BucketLifecycleRuleArgs>[] | undefined>;
  /**
   * Whether the bucket's objects and unfinished uploads are deleted with it. Without it, a bucket that is not empty is not
   * deleted. It counts once an `up` has put it into state. Default: false.
   */
  readonly forceDestroy?: pulumi.Input<boolean | undefined>;
  /**
   * Whether a bucket of this name that the account already has is taken over instead of being an error. It gets what the
   * program says, so a `bucketAcl` that is left out makes it private. Default: false.
   */
  readonly adopt?: pulumi.Input<boolean | undefined>;
}

const type = resourceType(resources.Bucket);

const outputs: OutputNames<BucketState, BucketInputs> = {};

const bucket: ResourceClass<BucketArgs> = {
  resource: resources.Bucket,
  inputs: {
    bucketName: true,
    bucketAcl: true,
    logicalBucketType: true,
    ensRegionId: true,
    dispatchScope: true,
    comment: true,
    lifecycleRules: true,
    forceDestroy: true,
    adopt: true,
  },
  outputs,
  madeOf: {},
  autoName: (resource) => autoName(resource, nameRule),
  claims: true,
  lookUpId: ({ bucketName }, name) =>
    bucketName === undefined
      ? undefined
      : // Pulumi shows ids, and stores them in clear.
        pulumi
          .all([bucketName, holdsSecret(bucketName)])
          .apply(([known = name, secret]) => (secret ? name : known)),
  insteadOfImport:
    "Leave the option `import` out and set `adopt: true`: `pulumi up` then takes over the bucket that is there.",
  warnings,
};

/**
 * An EOS bucket on Alibaba Cloud's ENS: it is made, changed and deleted with the stack.
 *
 * `bucketName` is its logical name, which {@link PreparedUpload} finds the place of, in the same `up`.
 *
 * @example A bucket, and where to upload to it
 * ```ts
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const bucket = new ens.Bucket("media", { lifecycleRules: [{ prefix: "tmp/", expirationDays: 7 }] });
 * const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
 *
 * export const uploads = media.target;
 * ```
 *
 * @example On one edge node, and its objects go with it
 * ```ts
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const bucket = new ens.Bucket("cache", {
 *   bucketName: "media-cache",
 *   logicalBucketType: "sink",
 *   ensRegionId: "cn-beijing-15",
 *   forceDestroy: true,
 * });
 *
 * export const bucketName = bucket.bucketName;
 * ```
 *
 * @throws InstallationError when the package cannot be found from the program's folder, or Node does not run it.
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-putbucket
 */
export class Bucket extends EnsResource {
  /** The logical bucket. */
  declare readonly bucketName: pulumi.Output<string>;
  /** Who may read and write it without credentials of its account. */
  declare readonly bucketAcl: pulumi.Output<BucketAcl>;
  /** `standard` or `sink`. */
  declare readonly logicalBucketType: pulumi.Output<LogicalBucketType>;
  /** The edge node, where ENS tells one. */
  declare readonly ensRegionId: pulumi.Output<string | undefined>;
  /** The dispatch scope, where the program gave one. */
  declare readonly dispatchScope: pulumi.Output<DispatchScope | undefined>;
  /** The comment, where there is one. */
  declare readonly comment: pulumi.Output<string | undefined>;
  /** The lifecycle rules, where they are managed. A rule that others made with a date has no `expirationDays`. */
  declare readonly lifecycleRules: pulumi.Output<readonly BucketLifecycleRule[] | undefined>;
  /** Whether its objects are deleted with it. */
  declare readonly forceDestroy: pulumi.Output<boolean>;
  /** Whether it may have been there before. */
  declare readonly adopt: pulumi.Output<boolean>;

  /** Whether `value` is a Bucket, also one made by another copy of the package. */
  static override isInstance(value: unknown): value is Bucket {
    return pulumi.CustomResource.isInstance(value) && Reflect.get(value, "__pulumiType") === type;
  }

  /**
   * Looks a bucket up without managing it: nothing is changed, and destroying it makes no call. Pulumi asks again at every
   * preview and up.
   *
   * @param name - The look-up's name in the stack.
   * @param bucketName - The logical bucket. A preview asks nothing while it does not know this name.
   * @param opts - Pulumi's usual options.
   * @returns The same outputs as a managed one; its `lifecycleRules` are all that the bucket has, and `dispatchScope` is
   * not known. Where there is no such bucket, preview and up fail with an `ApiError`.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * const bucket = ens.Bucket.get("media", "media-assets");
   *
   * export const bucketAcl = bucket.bucketAcl;
   * ```
   */
  static get(name: string, bucketName: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Bucket {
    if (bucketName === undefined || bucketName === null) {
      throw new ProgramError({
        what: `Bucket.get("${printable(name, 100)}") has no bucketName.`,
        remedy: "Give the name of the logical bucket to look up.",
      });
    }
    // The id follows from the name, see lookUpId.
    return new Bucket(name, { bucketName }, { ...opts, id: name });
  }

  /**
   * Makes an EOS bucket, a private one with a name of its own unless you say otherwise.
   *
   * @param name - The resource's name in the stack.
   * @param args - What the bucket shall be. Default: a private one, named after the resource.
   * @param opts - Pulumi's usual options.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * const bucket = new ens.Bucket("media");
   *
   * export const bucketName = bucket.bucketName;
   * ```
   */
  constructor(name: string, args: BucketArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(bucket, name, args, opts);
  }
}

Bucket satisfies DeclaresOutputs<BucketState>;
