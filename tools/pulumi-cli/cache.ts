import { existsSync, mkdtempSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { wantedVersion } from "./versions";

/** Where something in the cache came from. */
export type Origin = "release" | "source";

/** What is kept in the cache: programs that belong together. */
export interface Kept {
  /** Begins with `pulumi`: `npm run clean` knows it by that. */
  readonly name: string;
  readonly version: string;
}

export const keptCli: Kept = { name: "pulumi", version: wantedVersion };

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

/** The folder of what is kept; its programs are in `bin`. */
export function cached(env: NodeJS.ProcessEnv, { name, version }: Kept): string {
  return join(cacheRoot(env), `${name}-${version}`);
}

/** Whether an earlier run put it there, complete. */
export async function isCached(env: NodeJS.ProcessEnv, kept: Kept): Promise<boolean> {
  const file = marker(cached(env, kept));
  return existsSync(file) && JSON.parse(await readFile(file, "utf8")).version === kept.version;
}

/** Fills a folder with `fill`, then moves it into the cache in one step. The first of several runs wins. */
export async function publish(
  env: NodeJS.ProcessEnv,
  kept: Kept,
  origin: Origin,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const target = cached(env, kept);
  await mkdir(cacheRoot(env), { recursive: true });
  const partial = mkdtempSync(`${target}.half-`);
  try {
    await fill(partial);
    await writeFile(marker(partial), `${JSON.stringify({ version: kept.version, origin })}\n`);
    if (!(await isCached(env, kept))) await rm(target, { recursive: true, force: true });
    await rename(partial, target).catch(async (error: unknown) => {
      if (!(await isCached(env, kept))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function marker(folder: string): string {
  return join(folder, "complete.json");
}
