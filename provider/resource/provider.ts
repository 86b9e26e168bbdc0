import * as pulumi from "@pulumi/pulumi";
import { printable } from "../ens/text/printable";
import { providerNameKey } from "../lifecycle/settings/provider-name-key";
import type { ArgumentNames } from "./known-arguments";
import { knownArguments } from "./known-arguments";
import { warnOfRegionOf } from "./warn-of-settings";

/** A RAM role to take on with the credentials. */
export interface ProviderAssumeRole {
  /** `acs:ram::<account id>:role/<role name>` */
  readonly roleArn: pulumi.Input<string>;
  /** Shown in audit logs. Default: `pulumi-alicloud-ens`. */
  readonly sessionName?: pulumi.Input<string | undefined>;
  /** A RAM policy, as JSON text, that narrows the role's permissions further. Default: none. */
  readonly policy?: pulumi.Input<string | undefined>;
  /** How long a session lasts, in seconds: 900 to 43200. Default: 3600. */
  readonly sessionExpiration?: pulumi.Input<number | undefined>;
  /** What the role's trust policy asks for. Default: none. */
  readonly externalId?: pulumi.Input<string | undefined>;
}

/** A RAM role to take on with the token of an identity provider (OIDC), in place of keys. */
export interface ProviderAssumeRoleWithOidc {
  /** `acs:ram::<account id>:role/<role name>` */
  readonly roleArn: pulumi.Input<string>;
  /** `acs:ram::<account id>:oidc-provider/<name>` */
  readonly oidcProviderArn: pulumi.Input<string>;
  /** The token, 4 to 20000 characters. Encrypted in state. Default: what `oidcTokenFile` has. */
  readonly oidcToken?: pulumi.Input<string | undefined>;
  /** The file that has the token, read again for each session. `oidcToken` is stronger. */
  readonly oidcTokenFile?: pulumi.Input<string | undefined>;
  /** Shown in audit logs. Default: `pulumi-alicloud-ens`. */
  readonly roleSessionName?: pulumi.Input<string | undefined>;
  /** A RAM policy, as JSON text, that narrows the role's permissions further. Default: none. */
  readonly policy?: pulumi.Input<string | undefined>;
  /** How long a session lasts, in seconds: 900 to 43200. Default: 3600. */
  readonly sessionExpiration?: pulumi.Input<number | undefined>;
}

/** Where the services listen, each a host or an https URL; http for loopback only. */
export interface ProviderEndpoints {
  /** Where ENS listens. Default: that of the region. */
  readonly ens?: pulumi.Input<string | undefined>;
  /** Where STS listens, for `assumeRole` and `assumeRoleWithOidc`. Default: `sts.aliyuncs.com`. */
  readonly sts?: pulumi.Input<string | undefined>;
}

/**
 * The settings of a {@link Provider}, with the names of the stack configuration and of `@pulumi/alicloud`. What is
 * left out is looked up in the environment, and not in the stack configuration.
 */
export interface ProviderArgs {
  /** The id of an access key. */
  readonly accessKey?: pulumi.Input<string | undefined>;
  /** The secret of the access key. Encrypted in state, whether or not it is given as a secret. */
  readonly secretKey?: pulumi.Input<string | undefined>;
  /** The token of temporary keys. Encrypted in state, whether or not it is given as a secret. */
  readonly securityToken?: pulumi.Input<string | undefined>;
  /** A profile of `aliyun configure`. */
  readonly profile?: pulumi.Input<string | undefined>;
  /** The file that has the profile. Default: `~/.aliyun/config.json`. */
  readonly sharedCredentialsFile?: pulumi.Input<string | undefined>;
  /** The RAM role of the ECS instance that Pulumi runs on. */
  readonly ecsRoleName?: pulumi.Input<string | undefined>;
  /** A URL that gives temporary keys. Encrypted in state, whether or not it is given as a secret. */
  readonly credentialsUri?: pulumi.Input<string | undefined>;
  /**
   * A RAM role to take on with an OIDC token, where there are no other credentials. Encrypted in state, whether or not it
   * is given as a secret. Default: none.
   */
  readonly assumeRoleWithOidc?: pulumi.Input<ProviderAssumeRoleWithOidc | undefined>;
  /** A RAM role to take on with the credentials. Default: none. */
  readonly assumeRole?: pulumi.Input<ProviderAssumeRole | undefined>;
  /** Chooses the endpoint. */
  readonly region?: pulumi.Input<string | undefined>;
  /** Where ENS listens: a host or an https URL; http for loopback only. Default: that of the region. */
  readonly endpoint?: pulumi.Input<string | undefined>;
  /** The official provider's list. `endpoint` is stronger. */
  readonly endpoints?: pulumi.Input<readonly pulumi.Input<ProviderEndpoints>[] | undefined>;
  /** How long one attempt may take, in milliseconds. Default: 60000. */
  readonly clientReadTimeout?: pulumi.Input<number | undefined>;
  /** How long all attempts of a call may take together, in seconds; 0 for a single attempt. Default: 300. */
  readonly maxRetryTimeout?: pulumi.Input<number | undefined>;
  /** How many calls may be under way at a time, of all resources together. Default: 8. */
  readonly maxConcurrency?: pulumi.Input<number | undefined>;
  /** How long to wait until ENS shows what was written to a bucket, in seconds. Default: 120. */
  readonly consistencyTimeout?: pulumi.Input<number | undefined>;
}

/**
 * Another account, region or endpoint than that of the stack configuration, for the resources that name this provider.
 *
 * A change of its arguments updates it in place and leaves the resources as they are; the next call uses the new ones.
 *
 * @remarks Arguments that cannot be used are reported by the resources that name it.
 *
 * @example Two accounts in one program
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * const config = new pulumi.Config();
 * const asia = new ens.Provider("asia", {
 *   accessKey: config.require("asiaAccessKey"),
 *   secretKey: config.requireSecret("asiaSecretKey"),
 *   region: "ap-southeast-1",
 * });
 *
 * const media = new ens.PreparedUpload("media", { bucketName: "media-assets" }); // the stack's own account
 * const mediaAsia = new ens.PreparedUpload("media-asia", { bucketName: "media-asia" }, { provider: asia });
 *
 * export const endpointUrls = [media.endpointUrl, mediaAsia.endpointUrl];
 * ```
 *
 * @example For all of a component
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 *
 * class Media extends pulumi.ComponentResource {
 *   constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
 *     super("example:index:Media", name, {}, opts);
 *     new ens.PreparedUpload(`${name}-assets`, { bucketName: "media-assets" }, { parent: this });
 *   }
 * }
 *
 * new Media("media", { providers: [new ens.Provider("eu", { profile: "eu" })] });
 * ```
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/providers/
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * Gives the resources that name it an account, a region or an endpoint of their own.
   *
   * @param name - The provider's name in the stack, which error messages use.
   * @param args - Its settings. Default: those of the environment.
   * @param opts - Pulumi's usual options.
   *
   * @example
   * ```ts
   * import * as ens from "pulumi-alicloud-ens";
   *
   * const eu = new ens.Provider("eu", { profile: "eu" });
   *
   * new ens.PreparedUpload("media", { bucketName: "media-assets" }, { provider: eu });
   * ```
   */
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const inputs = inputsOf(name, knownArguments(`Provider "${printable(name, 100)}"`, args, names));
    super("pulumi-nodejs", name, inputs, opts);
    warnOfRegionOf(this, inputs);
  }
}

const names: ArgumentNames<ProviderArgs> = {
  accessKey: true,
  secretKey: true,
  securityToken: true,
  profile: true,
  sharedCredentialsFile: true,
  ecsRoleName: true,
  credentialsUri: true,
  assumeRoleWithOidc: true,
  assumeRole: true,
  region: true,
  endpoint: true,
  endpoints: true,
  clientReadTimeout: true,
  maxRetryTimeout: true,
  maxConcurrency: true,
  consistencyTimeout: true,
};

/** What Pulumi configures the provider's process with: texts, as in the stack configuration. */
function inputsOf(name: string, args: ProviderArgs): pulumi.Inputs {
  const { secretKey, securityToken, credentialsUri, assumeRoleWithOidc, assumeRole, endpoints, ...plain } =
    args;
  const { clientReadTimeout, maxRetryTimeout, maxConcurrency, consistencyTimeout, ...texts } = plain;
  const settings = {
    ...texts,
    secretKey: map(secretKey, pulumi.secret),
    securityToken: map(securityToken, pulumi.secret),
    credentialsUri: map(credentialsUri, pulumi.secret),
    assumeRoleWithOidc: map(assumeRoleWithOidc, (role) => pulumi.secret(pulumi.jsonStringify(role))),
    assumeRole: map(assumeRole, pulumi.jsonStringify),
    endpoints: map(endpoints, pulumi.jsonStringify),
    clientReadTimeout: map(clientReadTimeout, pulumi.jsonStringify),
    maxRetryTimeout: map(maxRetryTimeout, pulumi.jsonStringify),
    maxConcurrency: map(maxConcurrency, pulumi.jsonStringify),
    consistencyTimeout: map(consistencyTimeout, pulumi.jsonStringify),
  };
  return Object.fromEntries([
    [providerNameKey, name],
    ...Object.entries(settings).map(([setting, value]) => [`alicloud-ens:${setting}`, value]),
  ]);
}

function map<T>(
  value: T | undefined,
  to: (value: T) => pulumi.Output<unknown>,
): pulumi.Output<unknown> | undefined {
  return value === undefined ? undefined : to(value);
}
