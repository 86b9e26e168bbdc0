/** Reads one key of the stack's configuration. */
export type ConfigReader = (key: string) => string | undefined;

/** A value and where it was found. */
export interface Found {
  readonly value: string;
  /** The exact place, in words: `stack configuration alicloud:accessKey`. */
  readonly from: string;
  /** 0 for `alicloud-ens:`, 1 for `alicloud:`, 2 for `ALICLOUD_*`, 3 for `ALIBABA_CLOUD_*`; less is stronger. */
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

/** The name of a setting; the stack's configuration has it under `alicloud-ens:` or `alicloud:`. */
export type SettingName = keyof typeof variables;

/** Parts of `assumeRole` and `endpoints`, which the stack's configuration holds inside those. */
const environmentOnly: readonly SettingName[] = [
  "assumeRoleArn",
  "assumeRoleSessionName",
  "assumeRoleSessionExpiration",
  "stsEndpoint",
];

/** Looks settings up in all their places. */
export class Lookup {
  readonly #config: ConfigReader;
  readonly #env: NodeJS.ProcessEnv;

  constructor(config: ConfigReader, env: NodeJS.ProcessEnv) {
    this.#config = config;
    this.#env = env;
  }

  /** The strongest place that has a value; an empty one counts as none. */
  find(name: SettingName, accept: (rank: number) => boolean = () => true): Found | undefined {
    for (const { key, rank, read, from } of this.#candidates(name)) {
      const value = accept(rank) ? read(key)?.trim() : undefined;
      if (value) return { value, from: `${from} ${key}`, rank };
    }
    return undefined;
  }

  /** Every place a setting is looked for in, as one line. */
  whereabouts(name: SettingName): string {
    return this.#candidates(name)
      .map(({ key }) => key)
      .join(", ");
  }

  #candidates(name: SettingName) {
    const config = environmentOnly.includes(name) ? [] : [`alicloud-ens:${name}`, `alicloud:${name}`];
    return [
      ...config.map((key, rank) => ({ key, rank, read: this.#config, from: "stack configuration" })),
      ...variables[name].flatMap((keys, index) =>
        keys.map((key) => ({
          key,
          rank: index + 2,
          read: (variable: string) => this.#env[variable],
          from: "environment variable",
        })),
      ),
    ];
  }
}
