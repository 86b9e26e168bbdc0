import { existsSync } from "node:fs";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { devNull, homedir } from "node:os";
import { delimiter, join } from "node:path";
import { coerce, satisfies } from "semver";
import { cachedCli, isCached, type Origin, publish } from "./cache";
import { runChild } from "./child";
import { type Log, withProgress } from "./progress";
import { oldestVersion, wantedVersion } from "./versions";

/** What a route needs to know. */
export interface RouteContext {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/** One route to a CLI. */
export interface Route {
  readonly name: "path" | "cache" | Origin;
  /** What is tried, for the line that says why it failed. */
  readonly what: string;
  /** Gives the folder of the CLI's programs; throws the reason where it cannot. */
  find(context: RouteContext): Promise<string>;
}

/** All routes to a CLI, in the order they are tried. */
export const routes: readonly Route[] = [
  { name: "path", what: "a pulumi on PATH", find: findOnPath },
  { name: "cache", what: "the cache", find: findInCache },
  { name: "release", what: "the official release", find: installRelease },
  { name: "source", what: "building from source with Go", find: buildFromSource },
];

async function findOnPath({ env, signal }: RouteContext): Promise<string> {
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

async function findInCache({ env }: RouteContext): Promise<string> {
  if (!(await isCached(env))) throw new Error("it has none yet");
  return join(cachedCli(env), "bin");
}

async function installRelease({ env, log, signal }: RouteContext): Promise<string> {
  // In a process of its own: the SDK's download has no limit of time, and no signal ends it.
  const install =
    'const {PulumiCommand} = require("@pulumi/pulumi/automation");' +
    "const [root, version] = process.argv.slice(1);" +
    'const {parse} = require(require.resolve("semver", {paths: [require.resolve("@pulumi/pulumi/automation")]}));' +
    "PulumiCommand.install({root, version: parse(version)}).catch(e => { console.error(e.message); process.exit(1); });";
  await withProgress(log, `Installing Pulumi ${wantedVersion} from its official release`, () =>
    publish(env, "release", async (folder) => {
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

async function buildFromSource({ env, log, signal }: RouteContext): Promise<string> {
  const go = (
    await runChild("go", ["env", "GOVERSION"], { env: goEnvironment(env), signal }).catch(() => "")
  ).trim();
  if (go === "") throw new Error("there is no go");
  if (!isAtLeast(go, "1.25.0")) throw new Error(`${go} is older than go1.25`);
  await publish(env, "source", async (folder) => {
    const work = join(folder, "work");
    const bin = join(folder, "bin");
    await mkdir(work);
    await mkdir(bin);
    const own = Object.fromEntries(
      ["GOMODCACHE", "GOCACHE", "GOPATH", "GOTMPDIR"].map((name) => [name, join(work, name)]),
    );
    await mkdir(join(work, "GOTMPDIR"));
    const build = (what: string, module: string, program: string, target: string, flags: string) =>
      withProgress(log, what, () =>
        runChild(
          "go",
          [
            "build",
            "-mod=readonly",
            "-modcacherw",
            "-trimpath",
            "-buildvcs=false",
            "-ldflags",
            flags,
            "-o",
            join(bin, target),
            program,
          ],
          {
            env: { ...goEnvironment(env), ...own, GOFLAGS: "", GOTOOLCHAIN: "local" },
            cwd: join(__dirname, module),
            signal,
          },
        ),
      );
    const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${wantedVersion}`;
    await build(
      "Building Pulumi's engine (3 to 4 minutes on 2 cores)",
      "engine",
      "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      "pulumi",
      `-s -w ${stamp}`,
    );
    await build(
      "Building Pulumi's Node.js host",
      "language-host",
      "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      "pulumi-language-nodejs",
      "-s -w",
    );
    await writeLauncher(bin);
    await rm(work, { recursive: true, force: true });
  });
  return nameCache(env, log);
}

/** The user's settings of Go, but no folder for the telemetry that every run of Go would write beside them. */
function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = env.XDG_CONFIG_HOME || join(env.HOME ?? homedir(), ".config");
  if (process.platform !== "linux") return env;
  return { ...env, GOENV: env.GOENV || join(folder, "go", "env"), XDG_CONFIG_HOME: devNull };
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
  log(`The Pulumi CLI is kept in ${cachedCli(env)}; \`npm run clean\` removes it.`);
  return join(cachedCli(env), "bin");
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

/** Whether `version` (`v3.259.0`, `go1.26`) is `oldest` or newer. */
export function isAtLeast(version: string, oldest: string): boolean {
  return satisfies(coerce(version) ?? "0.0.0", `>=${oldest}`);
}
