import * as pulumi from "@pulumi/pulumi";
import type { UploadTarget } from "../../lifecycle/upload-target";
import type { DeclaresOutputs, OutputNames } from "../../resource/ens-resource";
import { EnsResource } from "../../resource/ens-resource";
import type { ResourceClass } from "../../resource/registration";
import { resourceType } from "../../resource/resource-type";
import { whenKnown } from "../../resource/when-known";
import { resources } from "../registry";
import type { PreparedUploadsInputs, PreparedUploadsState } from "./lifecycle";
import { made } from "./made";
import { warnings } from "./warnings";

/** What {@link PreparedUploads} are made from. */
export interface PreparedUploadsArgs {
  /**
   * The logical EOS bucket: 3 to 50 lowercase letters, digits and hyphens, not beginning or ending with a hyphen.
   * A change replaces the resource.
   */
  readonly bucketName: pulumi.Input<string>;
  /**
   * The sites that will upload, each with its public IPv4 or IPv6 address: edge sites, regions, offices. A site that
   * is new or has another address is asked for; the others keep their answers.
   */
  readonly clientIps: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** Values of any kind; when any of them changes, every site is resolved again, in place. Default: none. */
  readonly triggers?: pulumi.Input<readonly pulumi.Input<unknown>[] | undefined>;
}

const type = resourceType(resources.PreparedUploads);

const outputs: OutputNames<PreparedUploadsState, PreparedUploadsInputs, "unconfirmed"> = {
  places: undefined,
};

const preparedUploads: ResourceClass<PreparedUploadsArgs> = {
  resource: resources.PreparedUploads,
  inputs: { bucketName: true, clientIps: true, triggers: true },
  outputs,
  madeOf: made.of,
  warnings,
};

/**
 * Asks ENS, while `pulumi up` runs, where an EOS bucket physically is for each of many sites, and keeps the answers
 * as outputs of one resource: one entry in the checkpoint, where one {@link PreparedUpload} for each would be hundreds.
 *
 * It manages nothing in ENS: deleting it makes no call. A `pulumi refresh` asks again for every site.
 *
 * When some sites fail, the error has the reason of each and the answers of the others are kept; the next
 * `pulumi up` asks for those that failed.
 *
 * @example One bucket for every edge site
 * ```ts
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const sites = new ens.PreparedUploads("sites", {
 *   bucketName: "media-assets",
 *   clientIps: { berlin: "203.0.113.7", hamburg: "198.51.100.20" },
 * });
 *
 * export const uploads = sites.targets; // for other stacks: ens.requireUploadTargets
 * export const berlin = sites.targets.apply((targets) => targets.berlin?.endpointUrl);
 * ```
 *
 * @throws InstallationError when the package cannot be found from the program's folder, or Node does not run it.
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-prepareupload
 */
export class PreparedUploads extends EnsResource {
  /** The logical bucket. */
  declare readonly bucketName: pulumi.Output<string>;
  /** The address of each site. */
  declare readonly clientIps: pulumi.Output<Readonly<Record<string, string>>>;
  /** The triggers, where any were given. */
  declare readonly triggers: pulumi.Output<readonly unknown[] | undefined>;
  /**
   * Where the bucket is for each site, as state holds it: `media-assets-3f9a1c@eos.aliyuncs.com`.
   *
   * @nodeOnly
   */
  declare readonly places: pulumi.Output<Readonly<Record<string, string>>>;
  /**
   * All that an uploader needs to know, by site.
   *
   * @remarks Another stack takes it with `requireUploadTargets`.
   */
  readonly targets: pulumi.Output<Readonly<Record<string, UploadTarget>>>;

  /** Whether `value` is a PreparedUploads, also one made by another copy of the package. */
  static override isInstance(value: unknown): value is PreparedUploads {
    return pulumi.CustomResource.isInstance(value) && Reflect.get(value, "__pulumiType") === type;
  }

  /**
   * Asks ENS where a bucket physically is for each of many sites.
   *
   * @param name - The resource's name in the stack.
   * @param args - The bucket and the sites it is resolved for.
   * @param opts - Pulumi's usual options.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * const sites = new ens.PreparedUploads("sites", {
   *   bucketName: "media-assets",
   *   clientIps: { berlin: "203.0.113.7", oslo: "198.51.100.7" },
   * });
   *
   * export const uploads = sites.targets;
   * ```
   */
  constructor(name: string, args: PreparedUploadsArgs, opts?: pulumi.CustomResourceOptions) {
    super(preparedUploads, name, args, opts);
    this.targets = whenKnown(
      pulumi.all([this.bucketName, this.clientIps, this.places]),
      (bucketName, clientIps, places) => made.make({ bucketName, clientIps, places }).targets,
    );
  }
}

PreparedUploads satisfies DeclaresOutputs<PreparedUploadsState, "unconfirmed">;
