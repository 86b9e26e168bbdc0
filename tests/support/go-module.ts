import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cached } from "../../tools/pulumi-cli/cache";
import { goEnvironment } from "../../tools/pulumi-cli/go";
import { contentHash } from "./content-hash";
import { programIn } from "./language-programs";

const run = promisify(execFile);

/** What a program in Go needs; or what this machine lacks for it. */
export type GoModule =
  | { readonly env: Readonly<Record<string, string>>; readonly files: Readonly<Record<string, string>> }
  | { readonly lacks: string };

/**
 * The module of a program that has our SDK, with what that needs compiled in caches of its own. It is made once for
 * every content of the SDK.
 *
 * @param sdk - The folder of our SDK.
 */
export async function goModule(sdk: string, log: (line: string) => void): Promise<GoModule> {
  // Beside the CLI, since Pulumi's SDK takes minutes to compile.
  const [, version] = /pulumi\/sdk\/v3 v([\d.]+)/.exec(readFileSync(join(sdk, "go.mod"), "utf8")) ?? [];
  const cache = cached(process.env, { name: "pulumi-go-programs", version: String(version) });
  const env = {
    GOMODCACHE: join(cache, "modules"),
    GOCACHE: join(cache, "build"),
    GOFLAGS: "-modcacherw",
    GOTOOLCHAIN: "local",
  };
  const folder = join(cache, `module-${contentHash(sdk)}`);
  if (!existsSync(folder)) {
    log("compiling Pulumi's Go SDK and ours, once; this may take two minutes");
    const half = `${folder}.${process.pid}`;
    try {
      await makeModule(half, sdk, { ...goEnvironment(process.env), ...env });
    } catch (error) {
      await rm(half, { recursive: true, force: true });
      return { lacks: `Go 1.25 and a module proxy, to compile ${sdk}: ${error}` };
    }
    await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }));
  }
  const [mod = "", sum = ""] = ["go.mod", "go.sum"].map((name) => readFileSync(join(folder, name), "utf8"));
  // The SDK of this checkout, where the module was made for the same SDK of another.
  return { env, files: { "go.mod": mod.replace(/(?<=^replace .* => ).*$/m, sdk), "go.sum": sum } };
}

async function makeModule(folder: string, sdk: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = /^module (.+)$/m.exec(readFileSync(join(sdk, "go.mod"), "utf8"))?.[1];
  const lines = ["module program", "go 1.25", `require ${name} v0.0.0`, `replace ${name} => ${sdk}`];
  await writeFile(join(folder, "go.mod"), `${lines.join("\n")}\n`);
  await writeFile(join(folder, "main.go"), programIn("go", "everything"));
  await run("go", ["mod", "tidy"], { cwd: folder, env });
  await run("go", ["build", "-o", devNull, "."], { cwd: folder, env });
}
