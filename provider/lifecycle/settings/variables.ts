/**
 * The environment variables of each setting, the strongest first. The official provider reads three families, in this
 * order: `ALICLOUD_*`, `ALIBABA_CLOUD_*` with its like, and `ALIBABACLOUD_*`.
 */
const variables = {
  accessKey: [["ALICLOUD_ACCESS_KEY"], ["ALIBABA_CLOUD_ACCESS_KEY_ID"], ["ALIBABACLOUD_ACCESS_KEY_ID"]],
  secretKey: [
    ["ALICLOUD_SECRET_KEY"],
    ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
    ["ALIBABACLOUD_ACCESS_KEY_SECRET"],
  ],
  securityToken: [
    ["ALICLOUD_SECURITY_TOKEN"],
    ["ALIBABA_CLOUD_SECURITY_TOKEN"],
    ["ALIBABACLOUD_SECURITY_TOKEN"],
  ],
  region: [["ALICLOUD_REGION"], ["ALIBABA_CLOUD_REGION_ID", "ALIBABA_CLOUD_REGION"]],
  profile: [["ALICLOUD_PROFILE"], ["ALIBABA_CLOUD_PROFILE"]],
  sharedCredentialsFile: [["ALICLOUD_SHARED_CREDENTIALS_FILE"], ["ALIBABA_CLOUD_CREDENTIALS_FILE"]],
  ecsRoleName: [["ALICLOUD_ECS_ROLE_NAME"], ["ALIBABA_CLOUD_ECS_METADATA"]],
  credentialsUri: [["ALICLOUD_CREDENTIALS_URI"], ["ALIBABA_CLOUD_CREDENTIALS_URI"]],
  assumeRole: [],
  assumeRoleArn: [["ALICLOUD_ASSUME_ROLE_ARN"], ["ALIBABA_CLOUD_ROLE_ARN"]],
  assumeRoleSessionName: [["ALICLOUD_ASSUME_ROLE_SESSION_NAME"], ["ALIBABA_CLOUD_ROLE_SESSION_NAME"]],
  assumeRoleSessionExpiration: [["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"]],
  assumeRoleWithOidc: [],
  oidcRoleArn: [[], ["ALIBABA_CLOUD_ROLE_ARN"]],
  oidcProviderArn: [[], ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"]],
  oidcToken: [[], ["ALIBABA_CLOUD_OIDC_TOKEN"]],
  oidcTokenFile: [[], ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"]],
  oidcRoleSessionName: [[], ["ALIBABA_CLOUD_ROLE_SESSION_NAME"]],
  endpoint: [["ALICLOUD_ENDPOINT_ENS"], ["ALIBABA_CLOUD_ENDPOINT_ENS", "ENS_ENDPOINT"]],
  stsEndpoint: [["ALICLOUD_ENDPOINT_STS"], ["ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"]],
  endpoints: [],
  maxRetryTimeout: [["ALICLOUD_MAX_RETRY_TIMEOUT"], ["MAX_RETRY_TIMEOUT"]],
  clientReadTimeout: [["ALICLOUD_CLIENT_READ_TIMEOUT"], ["CLIENT_READ_TIMEOUT"]],
  maxConcurrency: [["ALICLOUD_MAX_CONCURRENCY"], ["ALIBABA_CLOUD_MAX_CONCURRENCY"]],
  consistencyTimeout: [["ALICLOUD_CONSISTENCY_TIMEOUT"], ["ALIBABA_CLOUD_CONSISTENCY_TIMEOUT"]],
} as const satisfies Record<string, readonly (readonly string[])[]>;

/** The name of a setting, which is also that of an argument of `Provider`. */
export type SettingName = keyof typeof variables;

export const settingNames = Object.keys(variables) as readonly SettingName[];

/** The variables of a setting, a list for each family. */
export function variablesOf(name: SettingName): readonly (readonly string[])[] {
  return variables[name];
}

/** Every environment variable that is looked at. */
export const settingVariables: readonly string[] = [...new Set(Object.values(variables).flat(2))];

/** Parts of objects; only the environment has each as a setting of its own. The paths are those in the objects. */
const partPaths = {
  assumeRoleArn: "assumeRole.roleArn",
  assumeRoleSessionName: "assumeRole.sessionName",
  assumeRoleSessionExpiration: "assumeRole.sessionExpiration",
  oidcRoleArn: "assumeRoleWithOidc.roleArn",
  oidcProviderArn: "assumeRoleWithOidc.oidcProviderArn",
  oidcToken: "assumeRoleWithOidc.oidcToken",
  oidcTokenFile: "assumeRoleWithOidc.oidcTokenFile",
  oidcRoleSessionName: "assumeRoleWithOidc.roleSessionName",
  stsEndpoint: "endpoints[0].sts",
} as const satisfies Partial<Record<SettingName, string>>;

/** Whether only the environment has the setting, since it is a part of an object elsewhere. */
export function isPart(name: SettingName): boolean {
  return Object.hasOwn(partPaths, name);
}

/** The setting that is at a path: `assumeRoleArn` at `assumeRole.roleArn`. */
export function settingAt(path: string): SettingName | undefined {
  return settingNames.find((name) => name === path || Reflect.get(partPaths, name) === path);
}

/** The settings that the stack's configuration may hold. */
export const configurableNames = settingNames.filter((name) => !isPart(name));

/** Settings whose value is a secret, or may have one inside. */
export const secretSettings: readonly SettingName[] = [
  "secretKey",
  "securityToken",
  "credentialsUri",
  "oidcToken",
];

/** The same by the paths that they have in the stack's configuration. */
export const secretPaths: readonly string[] = secretSettings.map(
  (name) => Reflect.get(partPaths, name) ?? name,
);

/** The settings that choose which account is asked. */
export const accountSettings: readonly SettingName[] = [
  "accessKey",
  "secretKey",
  "securityToken",
  "profile",
  "sharedCredentialsFile",
  "credentialsUri",
  "ecsRoleName",
  "assumeRoleWithOidc",
  "assumeRole",
];
