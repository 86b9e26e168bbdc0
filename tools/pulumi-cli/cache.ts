import { existsSync, mkdtempSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { wantedVersion } from "./versions";

/** Where a cached CLI came from. */
export type Origin = "release" | "source";

/** Where this project keeps what it installs outside the checkout. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  if (env.PULUMI_ALICLOUD_ENS_CACHE) return env.PULUMI_ALICLOUD_ENS_CACHE;
  return join(userCache(env), "pulumi-alicloud-ens");
}

function userCache(env: NodeJS.ProcessEnv): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  if (process.platform === "win32" && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return join(homedir(), ".cache");
}

/** The folder of the CLI's version; its programs are in `bin`. */
export function cachedCli(env: NodeJS.ProcessEnv): string {
  return join(cacheRoot(env), `pulumi-${wantedVersion}`);
}

/** Whether an earlier run put a complete CLI there. */
export async function isCached(env: NodeJS.ProcessEnv): Promise<boolean> {
  const file = marker(cachedCli(env));
  return existsSync(file) && JSON.parse(await readFile(file, "utf8")).version === wantedVersion;
}

/** Fills a folder with `fill`, then moves it into the cache in one step. The first of several runs wins. */
export async function publish(
  env: NodeJS.ProcessEnv,
  origin: Origin,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const target = cachedCli(env);
  await mkdir(cacheRoot(env), { recursive: true });
  const partial = mkdtempSync(`${target}.half-`);
  try {
    await fill(partial);
    await writeFile(marker(partial), `${JSON.stringify({ version: wantedVersion, origin })}\n`);
    if (!(await isCached(env))) await rm(target, { recursive: true, force: true });
    await rename(partial, target).catch(async (error: unknown) => {
      if (!(await isCached(env))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function marker(folder: string): string {
  return join(folder, "complete.json");
}
