import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { checkCredentials } from "../../cli/doctor/checks/credentials";
import { checkEndpoint } from "../../cli/doctor/checks/endpoint";
import { checkCli, checkPackage, checkSdk } from "../../cli/doctor/checks/installation";
import { checkSettings } from "../../cli/doctor/checks/settings";
import { readStackConfiguration } from "../../cli/doctor/stack-configuration";
import { objectUrl, ossClientOptions, requireUploadTarget, requireUploadTargets } from "../../provider";
import { ensService } from "../../provider/ens/action";
import { apiError } from "../../provider/ens/call-errors";
import type { Caller } from "../../provider/ens/client";
import { emulatorRemedy } from "../../provider/ens/endpoint-setting";
import { errorCodes } from "../../provider/ens/error-codes";
import { SettingsError } from "../../provider/ens/errors";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { Agents } from "../../provider/ens/transport/agents";
import { readFailure } from "../../provider/ens/transport/failure";
import { dynamicProvider } from "../../provider/fronts/dynamic/dynamic-provider";
import { keySource } from "../../provider/lifecycle/credentials";
import { readCredentialsFile, unreadable } from "../../provider/lifecycle/credentials/credentials-file";
import { Session } from "../../provider/lifecycle/session";
import { Lookup } from "../../provider/lifecycle/settings/lookup";
import { providerNameKey } from "../../provider/lifecycle/settings/provider-name-key";
import { readSettings, type Settings } from "../../provider/lifecycle/settings/settings";
import { requireOwnProvider, warningOfParent } from "../../provider/resource/own-provider";
import { requireResolvable } from "../../provider/resource/require-runnable";
import { resources } from "../../provider/resources/registry";
import { promiseOf } from "../../testing/promise-of";
import { BucketLifecycle } from "./bucket-lifecycle";
import { actionsInUse } from "./every-action";
import { memoryHost } from "./memory-host";

/** Names that have what a shell or TypeScript takes for something else. */
export const odd = {
  folder: `it's "my" $HOME; & folder`,
  profile: "my profile's $1",
  provider: 'the "eu"\n`one`',
  stack: "org/media storage/prod;x",
  key: "alicloud-ens:wrong key",
} as const;

/** For this stack, the pulumi on PATH should print something that is not JSON, and fail for all others. */
export const noJson = "no-json";

/** What is behind the messages of the package: a folder with nothing in it, which is also the home. */
export interface Place {
  readonly folder: string;
}

const signal = new AbortController().signal;
const transport = { agents: new Agents({ except: "" }), cancelled: signal };
const retry = { budgetMs: 0, slots: new Slots(1), timing: systemTiming, tell: () => {}, cancelled: signal };

/** The texts of everything that the package tells users, where it says what to type. */
export async function allRemedies({ folder }: Place): Promise<readonly string[]> {
  return [
    ...ofErrorCodes(),
    ...ofSettings(),
    ...(await ofCredentials(folder)),
    ...(await ofFiles(folder)),
    ...ofInstallation(folder),
    ...(await ofUploadTargets()),
    ...ofProgram(),
    ...(await ofFront()),
    ...(await ofBuckets()),
    readFailure(Object.assign(new Error(), { code: "SELF_SIGNED_CERT_IN_CHAIN" }))?.why ?? "",
    ...(await ofDoctor(folder)),
  ];
}

const stackConfiguration = new Lookup(() => undefined, {});
const explicitProvider = new Lookup((key) => (key === providerNameKey ? odd.provider : undefined), {});
const sources = [stackConfiguration, explicitProvider];

/** Every code, as an answer to every action. */
function ofErrorCodes(): readonly string[] {
  const codes = errorCodes.flatMap((row) => row.codes).map((code) => code.replaceAll("*", "Something"));
  return sources.flatMap(({ howToSet }) =>
    Object.values(actionsInUse).flatMap(({ action, request }) =>
      codes.map((code) => {
        const answer = { kind: "errorAnswer", code, statusCode: 400, message: "" } as const;
        const attempts = { attempts: 1, durationMs: 0 };
        return apiError(answer, { action, request, origin: "x", attempts, howToSet }).message;
      }),
    ),
  );
}

/** Every setting, each with a value that it cannot have. */
const badSettings: readonly Readonly<Record<string, string>>[] = [
  { accessKey: "a b", secretKey: "a b", securityToken: "a b" },
  { accessKey: "a" },
  { secretKey: "a" },
  { credentialsUri: "x", endpoint: "a/b", clientReadTimeout: "x", maxRetryTimeout: "x", maxConcurrency: "x" },
  { assumeRole: "x", endpoints: "x" },
  { assumeRole: "{}", endpoints: '[{ "ens": "a/b", "sts": "a/b" }]' },
];

function settingsFor(values: Readonly<Record<string, string>>, provider?: string): Settings {
  return readSettings(
    (key) => (key === providerNameKey ? provider : values[key.replace("alicloud-ens:", "")]),
    {},
  );
}

function ofSettings(): readonly string[] {
  return [undefined, odd.provider].flatMap((provider) =>
    badSettings.map((values) =>
      messageOf(
        () => settingsFor(values, provider),
        (error) => SettingsError.isInstance(error),
      ),
    ),
  );
}

/** Looks for keys where none are; the environment has neither credentials nor another home. */
async function ofCredentials(folder: string): Promise<readonly string[]> {
  const file = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const profiles = [
    { name: odd.profile, mode: "AK" },
    { name: "empty", mode: "CredentialsURI", credentials_uri: "http://127.0.0.1:1/" },
    { name: "signed in", mode: "OAuth", sts_expiration: 1 },
  ];
  const broken = [
    { profile: odd.profile },
    { profile: odd.profile, sharedCredentialsFile: file("profiles.json", { profiles }) },
    { profile: "empty", sharedCredentialsFile: file("profiles.json", { profiles }) },
    { sharedCredentialsFile: file("current.json", { current: "empty", profiles }) },
    { profile: "signed in", sharedCredentialsFile: file("profiles.json", { profiles }) },
    { sharedCredentialsFile: file("none.json", {}) },
    { sharedCredentialsFile: join(folder, "missing.json") },
    { ecsRoleName: "uploader" },
    { credentialsUri: "http://127.0.0.1:1/" },
    {},
  ];
  const asked = broken.flatMap((values) =>
    [undefined, odd.provider].map((provider) =>
      rejection(keySource(settingsFor(values, provider), transport, retry).getKeys()),
    ),
  );
  return Promise.all(asked);
}

/** Files of credentials that cannot be read, and an endpoint where nothing listens. */
async function ofFiles(folder: string): Promise<readonly string[]> {
  const own = { uid: process.getuid?.() ?? 0 };
  const others = { uid: own.uid + 1 };
  const path = join(folder, odd.folder, "config.json");
  symlinkSync(join(folder, "nowhere"), join(folder, "a link"));
  const files = [
    await readCredentialsFile(folder),
    await readCredentialsFile(join(folder, "a link")),
    ...[own, others, undefined].map((found) => unreadable(path, "EACCES", found)),
    ...["ELOOP", "ENOTDIR", "EIO"].map((code) => unreadable(path, code, undefined)),
  ];
  const { endpoint } = settingsFor({ endpoint: "http://127.0.0.1:1" });
  return [
    ...files.map((one) => ("remedy" in one ? one.remedy : "")),
    emulatorRemedy(ensService, endpoint) ?? "",
  ];
}

/** The lock files of all package managers. */
const lockFiles = ["pnpm-lock.yaml", "yarn.lock", "bun.lock", "package-lock.json"];

/** In folders with odd names. The process must be in one of them, as an inline program is. */
function ofInstallation(folder: string): readonly string[] {
  const before = process.cwd();
  try {
    return lockFiles.flatMap((lockFile) => {
      const project = join(folder, lockFile, odd.folder);
      mkdirSync(project, { recursive: true });
      writeFileSync(join(project, lockFile), "");
      process.chdir(project);
      const missing = messageOf(() => requireResolvable(`pulumi-alicloud-ens/none-${lockFile}`));
      const { message, ...sdk } = checkSdk(project);
      const own = checkPackage(project);
      return [missing, message, ...[sdk, own].map((found) => ("remedy" in found ? found.remedy : "none"))];
    });
  } finally {
    process.chdir(before);
  }
}

/** What another stack can have in the place of a target. */
async function ofUploadTargets(): Promise<readonly string[]> {
  const names = [
    "uploads",
    "my-uploads",
    "class",
    "preparedUpload",
    "in`ticks`\n",
    "a.b",
    "site.my-uploads",
    "site.gone",
  ];
  const outputs = { site: { "my-uploads": {} } };
  const producer = {
    name: pulumi.output(odd.stack),
    outputs: pulumi.output(outputs),
    getOutput: () => pulumi.output(undefined),
  } as unknown as pulumi.StackReference;
  return Promise.all(
    names.flatMap((name) =>
      [requireUploadTarget, requireUploadTargets].map((take) =>
        rejection(promiseOf<unknown>(take(producer, name))),
      ),
    ),
  );
}

/** What the program's side refuses and warns of. */
function ofProgram(): readonly string[] {
  class Official extends pulumi.ProviderResource {}
  const official = Object.assign(Object.create(Official.prototype), {
    __pulumiResource: true,
    __pulumiCustomResource: true,
    __pulumiType: "pulumi:providers:alicloud",
  }) as Official;
  const component = { getProvider: (type: string) => (type.startsWith("alicloud:") ? official : undefined) };
  return [
    messageOf(() => ossClientOptions(pulumi.output({}) as never)),
    messageOf(() => ossClientOptions({} as never)),
    messageOf(() => objectUrl(pulumi.output({}) as never, "logo.png")),
    messageOf(() => objectUrl({} as never, "logo.png")),
    messageOf(() => requireUploadTarget(odd.stack as never, "uploads")),
    messageOf(() => requireOwnProvider("PreparedUpload", { provider: official })),
    warningOfParent("pulumi-nodejs:dynamic:Any", { parent: component as unknown as pulumi.Resource }) ?? "",
  ];
}

async function ofFront(): Promise<readonly string[]> {
  const state = { bucketName: "media", physicalBucketName: "media-1", endpoint: "x", requestId: "R" };
  const refused: Caller = {
    call: (action, request) => {
      const answer = { kind: "errorAnswer", code: "NoPermission", statusCode: 400, message: "" } as const;
      const attempts = { attempts: 1, durationMs: 0 };
      const { howToSet } = stackConfiguration;
      return Promise.reject(apiError(answer, { action, request, origin: "x", attempts, howToSet }));
    },
  };
  const config = (key: string) => ({ "alicloud-ens:accessKey": "a", "alicloud-ens:secretKey": "b" })[key];
  const session = new Session({ config, env: {}, tell: () => {}, signal }, () => ({
    ens: refused,
    objects: {
      call: () => Promise.reject(new Error("Nothing asks the object storage here.")),
      tryOnce: async () => {},
    },
    download: async () => {},
  }));
  const withKeys = dynamicProvider(resources.PreparedUpload, { session, configure: async () => {} });
  const single = dynamicProvider(resources.PreparedUpload, memoryHost());
  const many = dynamicProvider(resources.PreparedUploads, memoryHost());
  return Promise.all([
    rejection(withKeys.read("media", state)),
    rejection(single.read("media", { ...state, endpoint: 1 })),
    rejection(many.read("media", { bucketName: "media" })),
  ]);
}

async function ofBuckets(): Promise<readonly string[]> {
  const bucketName = "media-assets";
  const bucket = new BucketLifecycle({
    buckets: [bucketName],
    lag: { createMs: 600_000, deleteMs: 600_000 },
  });
  const another = { bucketName: "other-assets" };
  return [
    messageOf(() => bucket.check({ bucketName, logicalBucketType: "sink" })),
    await rejection(bucket.create({ bucketName })),
    await rejection(
      bucket.create({ bucketName, adopt: true, logicalBucketType: "sink", ensRegionId: "cn-wuxi-1" }),
    ),
    await rejection(bucket.create(another)),
    await rejection(bucket.read({ ...bucket.check(another), comment: "moved" })),
    await rejection(bucket.delete({ bucketName })),
    await rejection(new BucketLifecycle().update(bucket.check(another), another)),
  ];
}

/** What the doctor finds by itself; the pulumi on PATH fails. */
async function ofDoctor(folder: string): Promise<readonly string[]> {
  const stack = { read: () => undefined, keys: [odd.key, "alicloud-ens:regoin"], isEncrypted: () => false };
  const finding = { name: "configuration", status: "ok", message: "" } as const;
  const https = { url: "http://127.0.0.1:1", from: "HTTPS_PROXY" };
  const proxies = { https, except: "*.internal.example.com" };
  const settings = { ...settingsFor({ clientReadTimeout: "5000" }), proxies };
  const found = [
    checkSettings({ ...stack, finding }).finding,
    await checkCredentials(settingsFor({}), keySource(settingsFor({}), transport, retry)),
    ...(await checkEndpoint(settings, { agents: new Agents(proxies), cancelled: signal })),
    await checkCli(folder, 10_000),
    (await readStackConfiguration({ project: folder, stack: odd.stack, timeout: 10_000 })).finding,
    (await readStackConfiguration({ project: folder, stack: undefined, timeout: 10_000 })).finding,
    (await readStackConfiguration({ project: folder, stack: noJson, timeout: 10_000 })).finding,
  ];
  return found.map((one) => ("remedy" in one ? one.remedy : ""));
}

function messageOf(work: () => unknown, isExpected = (error: unknown) => error instanceof Error): string {
  try {
    work();
  } catch (error) {
    if (isExpected(error)) return (error as Error).message;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

function rejection(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => Promise.reject(new Error("Nothing was thrown.")),
    (error: Error) => error.message,
  );
}
