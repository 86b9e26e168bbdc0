import { providerNameKey } from "./provider-name-key";
import type { SettingsSource } from "./source";
import { explicitProvider, stackConfiguration } from "./source";

/** Reads one key of what Pulumi configured the process with. */
export type ConfigReader = (key: string) => string | undefined;

/** A value and where it was found. */
export interface Found {
  readonly value: string;
  /** The exact place, in words: `stack configuration alicloud:accessKey`. */
  readonly from: string;
  /**
   * 0 for `alicloud-ens:` or an argument of a provider, 1 for `alicloud:`, 2 for `ALICLOUD_*`, 3 for
   * `ALIBABA_CLOUD_*`; a lower rank is stronger.
   */
  readonly rank: number;
}

/** The environment variables of each setting: those of the official provider, then those of the vendor's SDKs. */
const variables = {
  accessKey: [["ALICLOUD_ACCESS_KEY"], ["ALIBABA_CLOUD_ACCESS_KEY_ID"]],
  secretKey: [["ALICLOUD_SECRET_KEY"], ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]],
  securityToken: [["ALICLOUD_SECURITY_TOKEN"], ["ALIBABA_CLOUD_SECURITY_TOKEN"]],
  region: [["ALICLOUD_REGION"], ["ALIBABA_CLOUD_REGION_ID", "ALIBABA_CLOUD_REGION"]],
  profile: [["ALICLOUD_PROFILE"], ["ALIBABA_CLOUD_PROFILE"]],
  sharedCredentialsFile: [["ALICLOUD_SHARED_CREDENTIALS_FILE"], []],
  ecsRoleName: [["ALICLOUD_ECS_ROLE_NAME"], ["ALIBABA_CLOUD_ECS_METADATA"]],
  credentialsUri: [["ALICLOUD_CREDENTIALS_URI"], ["ALIBABA_CLOUD_CREDENTIALS_URI"]],
  assumeRole: [[], []],
  assumeRoleArn: [["ALICLOUD_ASSUME_ROLE_ARN"], ["ALIBABA_CLOUD_ROLE_ARN"]],
  assumeRoleSessionName: [["ALICLOUD_ASSUME_ROLE_SESSION_NAME"], ["ALIBABA_CLOUD_ROLE_SESSION_NAME"]],
  assumeRoleSessionExpiration: [["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"], []],
  endpoint: [["ALICLOUD_ENDPOINT_ENS"], ["ALIBABA_CLOUD_ENDPOINT_ENS", "ENS_ENDPOINT"]],
  stsEndpoint: [["ALICLOUD_ENDPOINT_STS"], ["ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"]],
  endpoints: [[], []],
  maxRetryTimeout: [["ALICLOUD_MAX_RETRY_TIMEOUT"], ["MAX_RETRY_TIMEOUT"]],
  clientReadTimeout: [["ALICLOUD_CLIENT_READ_TIMEOUT"], ["CLIENT_READ_TIMEOUT"]],
  maxConcurrency: [["ALICLOUD_MAX_CONCURRENCY"], ["ALIBABA_CLOUD_MAX_CONCURRENCY"]],
} as const satisfies Record<string, readonly [readonly string[], readonly string[]]>;

/** Every environment variable that is looked at. */
export const settingVariables: readonly string[] = Object.values(variables).flat(2);

/** The name of a setting, which is also that of an argument of `Provider`. */
export type SettingName = keyof typeof variables;

export const settingNames = Object.keys(variables) as readonly SettingName[];

/** Parts of `assumeRole` and `endpoints`; only the environment has each as a setting of its own. */
const environmentOnly: readonly SettingName[] = [
  "assumeRoleArn",
  "assumeRoleSessionName",
  "assumeRoleSessionExpiration",
  "stsEndpoint",
];

/** The settings that the stack's configuration may hold. */
export const configurableNames = settingNames.filter((name) => !environmentOnly.includes(name));

/** Looks settings up in all their places. */
export class Lookup {
  /** Where all settings come from that are not in the environment. */
  readonly source: SettingsSource;
  readonly #config: ConfigReader;
  readonly #env: NodeJS.ProcessEnv;

  constructor(config: ConfigReader, env: NodeJS.ProcessEnv) {
    this.#config = config;
    this.#env = env;
    const provider = config(providerNameKey);
    this.source = provider === undefined ? stackConfiguration : explicitProvider(provider);
  }

  /** The value of the strongest place that has one. An empty value does not count. */
  find(name: SettingName, accept: (rank: number) => boolean = () => true): Found | undefined {
    for (const { key, label, rank, read, kind } of this.#candidates(name)) {
      const value = accept(rank) ? read(key)?.trim() : undefined;
      if (value) return { value, from: `${kind} ${label}`, rank };
    }
    return undefined;
  }

  /** Every place a setting is looked for in, as one line. */
  whereabouts(name: SettingName): string {
    return this.#candidates(name)
      .map(({ label }) => label)
      .join(", ");
  }

  /** A setting's name in messages: the key or argument that the user should set. */
  nameOf(setting: string): string {
    return this.source.keysOf(setting)[0]?.label ?? setting;
  }

  #candidates(name: SettingName) {
    const { kind, keysOf } = this.source;
    const keys = environmentOnly.includes(name) ? [] : keysOf(name);
    return [
      ...keys.map(({ key, label }, rank) => ({ key, label, rank, read: this.#config, kind })),
      ...variables[name].flatMap((names, index) =>
        names.map((key) => ({
          key,
          label: key,
          rank: index + 2,
          read: (variable: string) => this.#env[variable],
          kind: "environment variable",
        })),
      ),
    ];
  }
}
