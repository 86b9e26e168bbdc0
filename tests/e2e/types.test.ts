import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import type ts from "typescript";
import { packTarball } from "../support/package-managers";
import { checkout } from "../support/paths";
import { hostWith, typescriptOf } from "../support/typescript";

const run = promisify(execFile);

/** What a program can do with the package. It parses in the oldest compiler. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
import { EmulatorOptions, startEmulator } from "pulumi-alicloud-ens/emulator";
import { ensMocks, promiseOf, stackEnvironment } from "pulumi-alicloud-ens/testing";

const config = new pulumi.Config();
const text = config.get("text");
const number = config.getNumber("number");
const later = Promise.resolve(text);

const media = new ens.PreparedUpload("media", { bucketName: "media-assets", clientIp: text, triggers: undefined });
export const again = new ens.PreparedUpload("again", {
  bucketName: media.bucketName,
  clientIp: media.clientIp,
  triggers: media.triggers,
});
const found = ens.PreparedUpload.get("found", media.bucketName, { clientIp: later });

const sites = new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps: { berlin: "203.0.113.7" } });
export const sitesAgain = new ens.PreparedUploads("sites-again", {
  bucketName: sites.bucketName,
  clientIps: sites.clientIps,
  triggers: sites.triggers,
});

export const provider = new ens.Provider("provider", {
  region: text,
  profile: later,
  secretKey: config.getSecret("secretKey"),
  maxConcurrency: number,
  consistencyTimeout: number,
  assumeRole: { roleArn: "acs:ram::1234567890123456:role/uploads", externalId: text, sessionExpiration: number },
  endpoints: [{ ens: text, sts: pulumi.output(text) }],
});

type WithoutValue<Args> = {
  [Name in keyof Args]-?: {} extends Pick<Args, Name> ? pulumi.Output<undefined> : Args[Name];
};
export const takesOutputsWithoutValue = [
  (args: WithoutValue<ens.PreparedUploadArgs>): ens.PreparedUploadArgs => args,
  (args: WithoutValue<ens.PreparedUploadGetArgs>): ens.PreparedUploadGetArgs => args,
  (args: WithoutValue<ens.PreparedUploadsArgs>): ens.PreparedUploadsArgs => args,
  (args: WithoutValue<ens.ProviderArgs>): ens.ProviderArgs => args,
  (args: WithoutValue<ens.ProviderAssumeRole>): ens.ProviderAssumeRole => args,
  (args: WithoutValue<ens.ProviderEndpoints>): ens.ProviderEndpoints => args,
];

const producer = new pulumi.StackReference("organization/media-storage/prod");
const target: pulumi.Output<ens.UploadTarget> = ens.requireUploadTarget(producer, "uploads");
export const options: pulumi.Output<ens.OssClientOptions> = target.apply(ens.ossClientOptions);

export function reasonOf(error: Error): ens.ApiErrorReason | undefined {
  return ens.ApiError.isInstance(error) ? error.reason : undefined;
}

export async function test(given: EmulatorOptions, folder: string): Promise<string> {
  const emulator = await startEmulator(given);
  pulumi.runtime.setMocks(ensMocks({ buckets: ["media-assets"] }));
  return stackEnvironment(emulator, folder).PULUMI_BACKEND_URL + (await promiseOf(found.endpointUrl));
}

type IsKnown<T> = 0 extends 1 & T ? false : true;
export const known: [IsKnown<typeof media.clientIp>, IsKnown<typeof startEmulator>, IsKnown<typeof ensMocks>] = [
  true,
  true,
  true,
];
`;

/** The newest of each major version, and the oldest: what Pulumi's SDK brings for programs that install none. */
const compilers = {
  "3.8.3": ["node"],
  "4.9.5": ["node", "node16"],
  "5.9.3": ["node", "node16", "bundler"],
  "6.0.3": ["node16", "bundler"],
} as const;

type Compiler = typeof ts;
type Resolution = (typeof compilers)[keyof typeof compilers][number];

const modules: Readonly<Record<Resolution, string>> = {
  node: "commonjs",
  node16: "node16",
  bundler: "es2020",
};

const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
const loose = { strict: false };

/** Compiles programs in `folder` as a user does, and gives what is wrong with them and with this package's types. */
function useCompiler(compiler: Compiler, folder: string, moduleResolution: Resolution) {
  const names = {
    module: modules[moduleResolution],
    moduleResolution,
    target: "es2020",
    // Without that of browsers, which takes long to read and which programs do not have.
    lib: ["es2020"],
    types: ["node"],
  };
  const { options: common, errors } = compiler.convertCompilerOptionsFromJson(names, folder);
  assert.deepEqual(errors, []);
  const host = hostWith(new Map(), compiler, common);
  return (programs: readonly string[], checks: ts.CompilerOptions): string[] => {
    const paths = programs.map((name) => join(folder, name));
    const compiled = compiler.createProgram(paths, { ...common, ...checks, noEmit: true }, host);
    const own = compiled.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
    assert.ok(own.length > paths.length, "the package's types are among what is checked");
    const faults = [
      ...compiled.getOptionsDiagnostics(),
      ...own.flatMap((file) => [
        ...compiled.getSyntacticDiagnostics(file),
        ...compiled.getSemanticDiagnostics(file),
      ]),
    ];
    return faults.map(({ file, messageText }) => {
      const path = file === undefined ? "" : relative(folder, file.fileName);
      return `${path}: ${compiler.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  };
}

describe("the types of the package", function () {
  this.timeout(120_000);
  let folder: string;

  before("the tarball beside Pulumi's SDK", async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "ens-types-")));
    const unpacked = join(folder, "node_modules", "pulumi-alicloud-ens");
    mkdirSync(unpacked, { recursive: true });
    await run("tar", ["-xzf", await packTarball(folder), "-C", unpacked, "--strip-components=1"]);
    for (const name of ["@pulumi/pulumi", "@types/node"]) {
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(checkout, "node_modules", name), link, "dir");
    }
    for (const name of ["program.ts", "module.mts"]) writeFileSync(join(folder, name), program);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [version, resolutions] of Object.entries(compilers)) {
    for (const resolution of resolutions) {
      it(`are right in TypeScript ${version} with moduleResolution ${resolution}, strict and not`, async () => {
        const compile = useCompiler(await typescriptOf(version), folder, resolution);
        const programs = resolution === "node16" ? ["program.ts", "module.mts"] : ["program.ts"];
        for (const checks of [strict, loose]) assert.deepEqual(compile(programs, checks), []);
      });
    }
  }

  it("are found under every subpath that can be imported, also by compilers that do not read exports", () => {
    const { exports: exported, typesVersions } = require("pulumi-alicloud-ens/package.json");
    const declared = Object.entries<{ readonly types?: string }>(exported).flatMap(([subpath, { types }]) =>
      subpath === "." || types === undefined ? [] : [[subpath.replace("./", ""), [types]]],
    );
    assert.ok(declared.length >= 4);
    assert.deepEqual(typesVersions, { "*": Object.fromEntries(declared) });
  });
});
