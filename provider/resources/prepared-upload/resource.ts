import * as pulumi from "@pulumi/pulumi";
import { ProgramError } from "../../ens/errors";
import { printable } from "../../ens/text/printable";
import type { UploadTarget } from "../../lifecycle/upload-target";
import { uploadTarget } from "../../lifecycle/upload-target";
import type { DeclaresOutputs, OutputNames } from "../../resource/ens-resource";
import { EnsResource } from "../../resource/ens-resource";
import { knownArguments } from "../../resource/known-arguments";
import type { ResourceClass } from "../../resource/registration";
import { resourceType } from "../../resource/resource-type";
import { holdsSecret } from "../../resource/secret-inputs";
import { whenKnown } from "../../resource/when-known";
import { resources } from "../registry";
import type { PreparedUploadInputs, PreparedUploadState } from "./lifecycle";
import { made } from "./made";
import { warnings } from "./warnings";

/** What a {@link PreparedUpload} is made from. */
export interface PreparedUploadArgs {
  /**
   * The logical EOS bucket: 3 to 50 lowercase letters, digits and hyphens, not beginning or ending with a hyphen.
   * A change replaces the resource.
   */
  readonly bucketName: pulumi.Input<string>;
  /**
   * The public IPv4 or IPv6 address that will upload, where it is not the one that Pulumi runs from: a bucket's
   * place can depend on it. Default: the address ENS sees the call come from. A change resolves again, in place.
   */
  readonly clientIp?: pulumi.Input<string | undefined>;
  /** Values of any kind; when any of them changes, the upload is resolved again, in place. Default: none. */
  readonly triggers?: pulumi.Input<readonly pulumi.Input<unknown>[] | undefined>;
}

/** The client that {@link PreparedUpload.get} looks a bucket up for. */
export type PreparedUploadGetArgs = Pick<PreparedUploadArgs, "clientIp">;

const type = resourceType(resources.PreparedUpload);

const outputs: OutputNames<PreparedUploadState, PreparedUploadInputs> = {
  physicalBucketName: undefined,
  endpoint: undefined,
  requestId: undefined,
};

const preparedUpload: ResourceClass<PreparedUploadArgs> = {
  resource: resources.PreparedUpload,
  inputs: { bucketName: true, clientIp: true, triggers: true },
  outputs,
  madeOf: made.of,
  lookUpId: ({ bucketName }, name) =>
    bucketName === undefined
      ? undefined
      : // Pulumi shows ids, and stores them in clear.
        pulumi.all([bucketName, holdsSecret(bucketName)]).apply(([known, secret]) => (secret ? name : known)),
  warnings,
};

/**
 * Asks ENS, while `pulumi up` runs, where an EOS bucket physically is, and keeps the answer as outputs.
 *
 * It manages nothing in ENS: deleting it makes no call. A `pulumi refresh` asks again.
 *
 * @example A bucket's place, for another stack or program
 * ```ts
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const media = new ens.PreparedUpload("media", { bucketName: "media-assets" });
 *
 * export const uploads = media.target;
 * ```
 *
 * @example Resolved for the address that will upload, and again with every release
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const release = new pulumi.Config().get("release") ?? "first";
 * const media = new ens.PreparedUpload("media", {
 *   bucketName: "media-assets",
 *   clientIp: "203.0.113.7",
 *   triggers: [release],
 * });
 *
 * export const endpointUrl = media.endpointUrl;
 * ```
 *
 * @throws InstallationError when the package cannot be found from the program's folder, or Node does not run it.
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-prepareupload
 */
export class PreparedUpload extends EnsResource {
  /** The logical bucket. */
  declare readonly bucketName: pulumi.Output<string>;
  /** The address the bucket was resolved for, where one was given. */
  declare readonly clientIp: pulumi.Output<string | undefined>;
  /** The triggers, where any were given. */
  declare readonly triggers: pulumi.Output<readonly unknown[] | undefined>;
  /** The physical bucket, for the OSS SDK. */
  declare readonly physicalBucketName: pulumi.Output<string>;
  /** What ENS returned: a host with optional port, such as `eos.aliyuncs.com`. */
  declare readonly endpoint: pulumi.Output<string>;
  /** The id of the request that found the current place, for Alibaba Cloud's support. A look-up has none. */
  declare readonly requestId: pulumi.Output<string | undefined>;
  /** {@link endpoint} with its scheme: https, http only for a loopback host. */
  readonly endpointUrl: pulumi.Output<string>;
  /**
   * All that an uploader needs to know, as one value.
   *
   * @remarks Another stack takes it with `requireUploadTarget`.
   */
  readonly target: pulumi.Output<UploadTarget>;

  /** Whether `value` is a PreparedUpload, also one made by another copy of the package. */
  static override isInstance(value: unknown): value is PreparedUpload {
    return pulumi.CustomResource.isInstance(value) && Reflect.get(value, "__pulumiType") === type;
  }

  /**
   * Asks the same without managing anything. Pulumi asks again at every preview and up, so a preview already knows the
   * outputs. Destroying it makes no call.
   *
   * @param name - The look-up's name in the stack.
   * @param bucketName - The logical bucket. A preview asks nothing while it does not know this name or the arguments
   * of the provider.
   * @param args - The client to look it up for. Default: the address ENS sees the call come from.
   * @param opts - Pulumi's usual options.
   * @returns The same outputs as a managed one, without `requestId`, which would be another each time. Where there is
   * no such bucket, preview and up fail with an `ApiError`.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * const media = ens.PreparedUpload.get("media", "media-assets", { clientIp: "203.0.113.7" });
   *
   * export const endpointUrl = media.endpointUrl;
   * ```
   */
  static get(
    name: string,
    bucketName: pulumi.Input<string>,
    args?: PreparedUploadGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): PreparedUpload {
    const subject = `PreparedUpload.get("${printable(name, 100)}")`;
    const given = knownArguments(subject, args, { clientIp: true });
    if (bucketName === undefined || bucketName === null) {
      throw new ProgramError({
        what: `${subject} has no bucketName.`,
        remedy: "Give the name of the logical bucket to look up.",
      });
    }
    // The id follows from the name, see lookUpId.
    return new PreparedUpload(name, { ...given, bucketName }, { ...opts, id: name });
  }

  /**
   * Asks ENS where a bucket physically is.
   *
   * @param name - The resource's name in the stack.
   * @param args - The bucket, and the client it is resolved for.
   * @param opts - Pulumi's usual options.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * const media = new ens.PreparedUpload("media", { bucketName: "media-assets" });
   *
   * export const uploads = media.target;
   * ```
   */
  constructor(name: string, args: PreparedUploadArgs, opts?: pulumi.CustomResourceOptions) {
    super(preparedUpload, name, args, opts);
    this.target = whenKnown(
      pulumi.all([this.bucketName, this.physicalBucketName, this.endpoint]),
      uploadTarget,
    );
    this.endpointUrl = this.target.endpointUrl;
  }
}

PreparedUpload satisfies DeclaresOutputs<PreparedUploadState>;
