import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { cached, isCached, keptCli, type Origin, publish } from "./cache";
import { runChild } from "./child";
import { type BuildContext, buildPrograms, isAtLeast, requireGo } from "./go";
import { type Log, withProgress } from "./progress";
import { oldestVersion, wantedVersion } from "./versions";

/** One route to a CLI. */
export interface Route {
  readonly name: "path" | "cache" | Origin;
  /** What is tried, for the line that says why it failed. */
  readonly what: string;
  /** Gives the folder of the CLI's programs; throws the reason where it cannot. */
  find(context: BuildContext): Promise<string>;
}

/** All routes to a CLI, in the order they are tried. */
export const routes: readonly Route[] = [
  { name: "path", what: "a pulumi on PATH", find: findOnPath },
  { name: "cache", what: "the cache", find: findInCache },
  { name: "release", what: "the official release", find: installRelease },
  { name: "source", what: "building from source with Go", find: buildFromSource },
];

async function findOnPath({ env, signal }: BuildContext): Promise<string> {
  const folder = (env.PATH ?? "")
    .split(delimiter)
    .find((entry) => entry !== "" && existsSync(join(entry, "pulumi")));
  if (folder === undefined) throw new Error("there is none");
  const version = (await runChild(join(folder, "pulumi"), ["version"], { env: quiet(env), signal })).trim();
  if (!isAtLeast(version, oldestVersion)) throw new Error(`it is ${version}, older than ${oldestVersion}`);
  const missing = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"].find(
    (name) => !existsSync(join(folder, name)),
  );
  if (missing !== undefined) throw new Error(`it has no ${missing} beside it`);
  return folder;
}

async function findInCache({ env }: BuildContext): Promise<string> {
  if (!(await isCached(env, keptCli))) throw new Error("it has none yet");
  return join(cached(env, keptCli), "bin");
}

async function installRelease({ env, log, signal }: BuildContext): Promise<string> {
  // In a process of its own: the SDK's download has no limit of time, and no signal ends it.
  const install =
    'const {PulumiCommand} = require("@pulumi/pulumi/automation");' +
    "const [root, version] = process.argv.slice(1);" +
    'const {parse} = require(require.resolve("semver", {paths: [require.resolve("@pulumi/pulumi/automation")]}));' +
    "PulumiCommand.install({root, version: parse(version)}).catch(e => { console.error(e.message); process.exit(1); });";
  await withProgress(log, `Installing Pulumi ${wantedVersion} from its official release`, () =>
    publish(env, keptCli, "release", async (folder) => {
      const limit = AbortSignal.timeout(600_000);
      // Without the pulumi on PATH, which another route has looked at: otherwise it might not install.
      await runChild(process.execPath, ["-e", install, folder, wantedVersion], {
        env: { ...quiet(env), PATH: withoutPulumi(env.PATH ?? "") },
        cwd: __dirname,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
    }),
  );
  return nameCache(env, log);
}

async function buildFromSource(context: BuildContext): Promise<string> {
  const { env, log } = context;
  await requireGo(context);
  await publish(env, keptCli, "source", async (folder) => {
    await buildPrograms(context, folder, [
      {
        what: "Building Pulumi's engine (3 to 4 minutes on 2 cores)",
        folder: "engine",
        program: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        linkerFlags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${wantedVersion}`,
      },
      {
        what: "Building Pulumi's Node.js host",
        folder: "language-hosts/nodejs",
        program: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      },
    ]);
    await writeLauncher(join(folder, "bin"));
  });
  return nameCache(env, log);
}

/** Starts the provider process of dynamic resources; the engine runs it in the program's folder. */
async function writeLauncher(bin: string): Promise<void> {
  const launcher = join(bin, "pulumi-resource-pulumi-nodejs");
  const resolve = 'require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [process.cwd()] })';
  // Without a path, node would wait for a program on stdin, and the engine for node.
  await writeFile(
    launcher,
    `#!/bin/sh\nmodule=$(node -p '${resolve}') || exit 1\nexec node "$module" "$@"\n`,
  );
  await chmod(launcher, 0o755);
}

function nameCache(env: NodeJS.ProcessEnv, log: Log): string {
  log(`The Pulumi CLI is kept in ${cached(env, keptCli)}; \`npm run clean\` removes it.`);
  return join(cached(env, keptCli), "bin");
}

function quiet(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" };
}

function withoutPulumi(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => !existsSync(join(folder, "pulumi")))
    .join(delimiter);
}
