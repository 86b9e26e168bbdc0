import { execFile } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { contentHash } from "./content-hash";
import { cacheFolder } from "./paths";

const run = promisify(execFile);

/** Two of these are within what the tests that need an environment wait for it. */
const longest = 140_000;

/** The Python of an environment; or what this machine lacks to have it. */
export type PythonEnvironment = { readonly python: string } | { readonly lacks: string };

/**
 * An environment that has what a file in `tests/support/python` lists, and Python projects of ours; it is made once for
 * every content of these.
 *
 * @param what - What it is, for whoever waits for it.
 * @param projects - The folders of our projects.
 */
export async function pythonEnvironment(
  file: string,
  what: string,
  ...projects: readonly string[]
): Promise<PythonEnvironment> {
  const requirements = join(__dirname, "python", file);
  const environment = join(cacheFolder, `python-${contentHash(requirements, ...projects)}`);
  const python = join(environment, "bin", "python");
  if (existsSync(python)) return { python };
  console.log(`      installing ${what}, once; this may take a minute`);
  const half = `${environment}.${process.pid}`;
  try {
    await run("python3", ["-m", "venv", half], { timeout: longest });
    const quietly = ["--quiet", "--no-cache-dir", "--disable-pip-version-check"];
    const pip = ["-m", "pip", "install", ...quietly, "--requirement", requirements];
    for (const project of projects) {
      // Of a copy, since pip writes beside what it installs.
      const copy = join(half, "projects", basename(project));
      cpSync(project, copy, { recursive: true });
      pip.push(copy);
    }
    await run(join(half, "bin", "python"), pip, { timeout: longest });
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    return {
      lacks: `python3 with venv and a package index, to install ${requirements}: ${String(error).split("\n")[0]}`,
    };
  }
  await rename(half, environment).catch(() => rm(half, { recursive: true, force: true }));
  return { python };
}
