import { once } from "node:events";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { checkCredentials } from "../../cli/doctor/checks/credentials";
import { checkEndpoint } from "../../cli/doctor/checks/endpoint";
import { checkCli, checkPackage, checkSdk } from "../../cli/doctor/checks/installation";
import { checkSettings } from "../../cli/doctor/checks/settings";
import { readStackConfiguration } from "../../cli/doctor/stack-configuration";
import {
  Bucket,
  objectUrl,
  ossClientOptions,
  PreparedUpload,
  requireUploadTarget,
  requireUploadTargets,
} from "../../provider";
import { ensService } from "../../provider/ens/action";
import { apiError, cancelledWrite, connectionError, readAnswer } from "../../provider/ens/call-errors";
import type { Caller } from "../../provider/ens/client";
import { endpointOf } from "../../provider/ens/endpoint";
import { emulatorRemedy } from "../../provider/ens/endpoint-setting";
import { errorCodeOf, errorCodes } from "../../provider/ens/error-codes";
import type { SettingProblem } from "../../provider/ens/errors";
import { EnsError, SettingsError } from "../../provider/ens/errors";
import { loadVendor } from "../../provider/ens/load-vendor";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { Agents } from "../../provider/ens/transport/agents";
import { readFailure } from "../../provider/ens/transport/failure";
import { deploymentCancelled } from "../../provider/fronts/deployment-cancelled";
import { dynamicProvider } from "../../provider/fronts/dynamic/dynamic-provider";
import { failureOf } from "../../provider/fronts/settings-failures";
import { keySource } from "../../provider/lifecycle/credentials";
import { readCredentialsFile, unreadable } from "../../provider/lifecycle/credentials/credentials-file";
import { Session } from "../../provider/lifecycle/session";
import { Lookup } from "../../provider/lifecycle/settings/lookup";
import { providerNameKey } from "../../provider/lifecycle/settings/provider-name-key";
import { readSettings, type Settings } from "../../provider/lifecycle/settings/settings";
import { NotSettled } from "../../provider/lifecycle/until-two-agree";
import { carriable } from "../../provider/resource/carriable";
import { knownArguments } from "../../provider/resource/known-arguments";
import { listOption } from "../../provider/resource/list-option";
import { requireOwnProvider, warningOfParent } from "../../provider/resource/own-provider";
import { requireResolvable, requireRunnable } from "../../provider/resource/require-runnable";
import { resources } from "../../provider/resources/registry";
import { promiseOf } from "../../testing/promise-of";
import { BucketLifecycle } from "./bucket-lifecycle";
import { actionsInUse } from "./every-action";
import { memoryHost } from "./memory-host";

/** Names that messages repeat. */
export type Names = Readonly<Record<"folder" | "profile" | "provider" | "stack" | "key", string>>;

/** Names that have what a shell or TypeScript takes for something else. */
export const odd = {
  folder: `it's "my" $HOME; & folder`,
  profile: "my profile's $1",
  provider: 'the "eu"\n`one`',
  stack: "org/media storage/prod;x",
  key: "alicloud-ens:wrong key",
} as const;

/** Names as people give them. */
export const ordinary: Names = {
  folder: "media",
  profile: "media-prod",
  provider: "eu",
  stack: "organization/media-storage/prod",
  key: "alicloud-ens:regoin",
};

/** For this stack, the pulumi on PATH should print something that is not JSON, and fail for all others. */
export const noJson = "no-json";

/** What is behind the messages of the package: a folder with nothing in it, which is also the home. */
export interface Place {
  readonly folder: string;
  readonly names: Names;
}

/** The texts of everything that the package tells users, where it says what to type. */
export interface Told {
  /** The messages of errors. */
  readonly errors: readonly string[];
  /** What is told besides: warnings, what is put into messages, the doctor's remedies. */
  readonly others: readonly string[];
}

const signal = new AbortController().signal;
const transport = { agents: new Agents({ except: "" }), cancelled: signal };
const retry = { budgetMs: 0, slots: new Slots(1), timing: systemTiming, tell: () => {}, cancelled: signal };

export async function allTold(place: Place): Promise<Told> {
  const { folder, names } = place;
  const program = ofProgram(names);
  const installation = ofInstallation(place);
  return {
    errors: [
      ...ofErrorCodes(names),
      ...ofSettings(names),
      ...(await ofCredentials(place)),
      ...(await ofUploadTargets(names)),
      ...(await ofFront()),
      ...(await ofBuckets()),
      ...ofCalls(),
      ...(await ofRoles()),
      ...installation.errors,
      ...program.errors,
    ],
    others: [
      ...(await ofFiles(place)),
      readFailure(Object.assign(new Error(), { code: "SELF_SIGNED_CERT_IN_CHAIN" }))?.remedy ?? "",
      ...(await ofDoctor(folder, names)),
      ...installation.others,
      ...program.others,
    ],
  };
}

const stackConfiguration = new Lookup(() => undefined, {});

function providerLookup({ provider }: Names): Lookup {
  return new Lookup((key) => (key === providerNameKey ? provider : undefined), {});
}

const requestId = "3C6B2ED3-0802-4993-9229-CF9C0559F55E";
const origin = "stack configuration alicloud:accessKey";
const attempts = { attempts: 6, durationMs: 12_300 };
const firstOnly = { attempts: 1, durationMs: 0 };

/** Every code, as an answer to every action. Errors about a role have words of their own. */
function ofErrorCodes(names: Names): readonly string[] {
  const codes = errorCodes.flatMap((row) => row.codes).map((code) => code.replaceAll("*", ""));
  return [stackConfiguration, providerLookup(names)].flatMap(({ howToSet }) =>
    actionsOfEns().flatMap(({ action, request }) =>
      codes.map((code) => {
        const isFinal = errorCodeOf(code, 400).retry === "never";
        const message = "You are not authorized to do this operation.";
        const answer = { kind: "errorAnswer", code, statusCode: 400, message, requestId } as const;
        const tried = isFinal ? firstOnly : attempts;
        return apiError(answer, { action, request, origin, attempts: tried, howToSet }).message;
      }),
    ),
  );
}

function actionsOfEns() {
  return Object.values(actionsInUse).filter(({ action }) => action.service === ensService);
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

/** Each as a failure of check, which has one. */
function ofSettings({ provider }: Names): readonly string[] {
  return [undefined, provider].flatMap((given) =>
    badSettings.flatMap((values) => {
      const problems = problemsOf(() => settingsFor(values, given));
      if (problems.length === 0) throw new Error("These settings can be used.");
      return problems.map((one) => failureOf(one).reason);
    }),
  );
}

/** Looks for keys where none are; the environment has neither credentials nor another home. */
async function ofCredentials({ folder, names }: Place): Promise<readonly string[]> {
  const file = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const profiles = [
    { name: names.profile, mode: "AK" },
    { name: "empty", mode: "CredentialsURI", credentials_uri: "http://127.0.0.1:1/" },
    { name: "signed in", mode: "OAuth", sts_expiration: 1 },
  ];
  const broken = [
    { profile: names.profile },
    { profile: names.profile, sharedCredentialsFile: file("profiles.json", { profiles }) },
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
    [undefined, names.provider].map((provider) =>
      rejection(keySource(settingsFor(values, provider), transport, retry).getKeys()),
    ),
  );
  return Promise.all(asked);
}

/** Files of credentials that cannot be read, and an endpoint where nothing listens. */
async function ofFiles({ folder, names }: Place): Promise<readonly string[]> {
  const own = { uid: process.getuid?.() ?? 0 };
  const others = { uid: own.uid + 1 };
  const path = join(folder, names.folder, "config.json");
  const link = join(folder, "a link");
  rmSync(link, { force: true });
  symlinkSync(join(folder, "nowhere"), link);
  const files = [
    await readCredentialsFile(folder),
    await readCredentialsFile(link),
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
function ofInstallation({ folder, names }: Place): Told {
  const before = process.cwd();
  try {
    const found = lockFiles.map((lockFile) => {
      const project = join(folder, lockFile, names.folder);
      mkdirSync(project, { recursive: true });
      writeFileSync(join(project, lockFile), "");
      process.chdir(project);
      const missing = messageOf(() => requireResolvable(`pulumi-alicloud-ens/${lockFile}`));
      const { message, ...sdk } = checkSdk(project);
      const own = checkPackage(project);
      const remedies = [sdk, own].map((one) => ("remedy" in one ? one.remedy : "none"));
      return { missing, others: [message, ...remedies] };
    });
    return {
      errors: found.map(({ missing }) => missing),
      others: found.flatMap(({ others }) => others),
    };
  } finally {
    process.chdir(before);
  }
}

/** What another stack can have in the place of a target. */
async function ofUploadTargets({ stack }: Names): Promise<readonly string[]> {
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
    name: pulumi.output(stack),
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
function ofProgram({ stack }: Names): Told {
  class Official extends pulumi.ProviderResource {}
  const official = Object.assign(Object.create(Official.prototype), {
    __pulumiResource: true,
    __pulumiCustomResource: true,
    __pulumiType: "pulumi:providers:alicloud",
  }) as Official;
  const component = { getProvider: (type: string) => (type.startsWith("alicloud:") ? official : undefined) };
  const parent = component as unknown as pulumi.Resource;
  const errors = [
    messageOf(() => ossClientOptions(pulumi.output({}) as never)),
    messageOf(() => ossClientOptions({} as never)),
    messageOf(() => objectUrl(pulumi.output({}) as never, "logo.png")),
    messageOf(() => objectUrl({} as never, "logo.png")),
    messageOf(() => requireUploadTarget(stack as never, "uploads")),
    messageOf(() => requireUploadTarget({ getOutput: () => {} } as never, "")),
    messageOf(() => objectUrl({ physicalBucketName: "", endpoint: "", endpointUrl: "" } as never, "/a")),
    messageOf(() => requireOwnProvider("PreparedUpload", { provider: official })),
    messageOf(() => knownArguments('PreparedUpload "media"', [] as object, { bucketName: true } as never)),
    messageOf(() => carriable(new Map(), "triggers[0]", 'PreparedUpload "media"')),
    messageOf(() =>
      listOption('PreparedUpload "media"', { replaceOnChanges: "x" as never }, "replaceOnChanges"),
    ),
    messageOf(() => requireRunnable("pulumi-alicloud-ens/bucket", { import: "x" })),
    messageOf(() => loadVendor(() => require(`${__dirname}/none`))),
    messageOf(() => PreparedUpload.get("media", undefined as never)),
    messageOf(() => Bucket.get("media", undefined as never)),
  ];
  return { errors, others: [warningOfParent("pulumi-nodejs:dynamic:Any", { parent }) ?? ""] };
}

/** Roles that may not be assumed, with keys and with a token. */
async function ofRoles(): Promise<readonly string[]> {
  const roleArn = "acs:ram::1234567890123456:role/uploader";
  const oidcProviderArn = "acs:ram::1234567890123456:oidc-provider/ci";
  const message = "You are not authorized to do this action. You should be authorized by RAM.";
  const refuse = (code: string) => (_request: unknown, response: ServerResponse) =>
    response.writeHead(400).end(JSON.stringify({ Code: code, Message: message, RequestId: requestId }));
  const told = [];
  for (const [code, role] of [
    ["NoPermission", { accessKey: "a", secretKey: "b", assumeRole: { roleArn } }],
    [
      "AuthenticationFail.NoPermission",
      { assumeRoleWithOidc: { roleArn, oidcProviderArn, oidcToken: "token" } },
    ],
  ] as const) {
    const server = createServer(refuse(code)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const texts = Object.entries({ ...role, endpoints: [{ sts: `127.0.0.1:${port}` }] }).map(
      ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)],
    );
    told.push(await rejection(keySource(settingsFor(Object.fromEntries(texts)), transport, retry).getKeys()));
    server.close();
  }
  return told;
}

/** What becomes of calls besides error answers. */
function ofCalls(): readonly string[] {
  const { howToSet } = stackConfiguration;
  const lost = { kind: "noAnswer", transient: true, mayHaveArrived: true } as const;
  const why = "the connection was reset (ECONNRESET)";
  const endpoints = [
    endpointOf("ens.aliyuncs.com"),
    settingsFor({ endpoint: "http://127.0.0.1:4566" }).endpoint,
  ];
  const proxy = { url: "http://proxy.example.com:3128", from: "HTTPS_PROXY" };
  const body = { RequestId: requestId };
  return [
    ...actionsOfEns().flatMap(({ action, request }) => [
      ...endpoints.flatMap((endpoint) => [
        connectionError({ ...lost, why, cause: undefined }, endpoint, { action, attempts }).message,
        connectionError(
          {
            ...lost,
            why: "nothing listens there (ECONNREFUSED)",
            mayHaveArrived: false,
            proxy,
            cause: { code: "ECONNREFUSED" },
          },
          endpoint,
          { action, attempts },
        ).message,
      ]),
      ...anyMessage(() => readAnswer(body, { action, request })),
      cancelledWrite(action, deploymentCancelled()).message,
    ]),
    deploymentCancelled().message,
    new NotSettled({ what: "x", remedy: howToSet({ consistencyTimeout: 600 }) }).message,
  ];
}

/** A refresh that is refused, with the settings of the last update. */
function ofRefresh(code: string): Promise<string> {
  const refused: Caller = {
    call: (action, request) => {
      const answer = { kind: "errorAnswer", code, statusCode: 400, message: "", requestId } as const;
      const { howToSet } = stackConfiguration;
      return Promise.reject(apiError(answer, { action, request, origin, attempts: firstOnly, howToSet }));
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
  const provider = dynamicProvider(resources.PreparedUpload, { session, configure: async () => {} });
  return rejection(provider.read("media", stateOfUpload));
}

const stateOfUpload = {
  bucketName: "media-assets",
  physicalBucketName: "media-1",
  endpoint: "x",
  requestId: "R",
};

async function ofFront(): Promise<readonly string[]> {
  const codes = errorCodes.flatMap((row) => row.codes).map((code) => code.replaceAll("*", ""));
  const single = dynamicProvider(resources.PreparedUpload, memoryHost());
  const many = dynamicProvider(resources.PreparedUploads, memoryHost());
  return Promise.all([
    ...codes.filter((code) => code !== "NoSuchBucket").map(ofRefresh),
    rejection(single.read("media", { ...stateOfUpload, endpoint: 1 })),
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
async function ofDoctor(folder: string, names: Names): Promise<readonly string[]> {
  const stack = { read: () => undefined, keys: [names.key, "alicloud-ens:regoin"], isEncrypted: () => false };
  const finding = { name: "configuration", status: "ok", message: "" } as const;
  const https = { url: "http://127.0.0.1:1", from: "HTTPS_PROXY" };
  const proxies = { https, except: "*.internal.example.com" };
  const settings = { ...settingsFor({ clientReadTimeout: "5000" }), proxies };
  const found = [
    checkSettings({ ...stack, finding }).finding,
    await checkCredentials(settingsFor({}), keySource(settingsFor({}), transport, retry)),
    ...(await checkEndpoint(settings, { agents: new Agents(proxies), cancelled: signal })),
    await checkCli(folder, 10_000),
    (await readStackConfiguration({ project: folder, stack: names.stack, timeout: 10_000 })).finding,
    (await readStackConfiguration({ project: folder, stack: undefined, timeout: 10_000 })).finding,
    (await readStackConfiguration({ project: folder, stack: noJson, timeout: 10_000 })).finding,
  ];
  return found.map((one) => ("remedy" in one ? one.remedy : ""));
}

/** Nothing where an answer has no more than its id. */
function anyMessage(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (EnsError.isInstance(error)) return [error.message];
    throw error;
  }
}

function problemsOf(work: () => unknown): readonly SettingProblem[] {
  try {
    work();
  } catch (error) {
    if (SettingsError.isInstance(error)) return error.problems;
    throw error;
  }
  return [];
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (EnsError.isInstance(error)) return error.message;
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
