import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "./paths";

const run = promisify(execFile);

/** Two of these are within what the tests that need an environment wait for it. */
const longest = 140_000;

/** The Python of an environment; or what this machine lacks to have it. */
export type PythonEnvironment = { readonly python: string } | { readonly lacks: string };

/**
 * An environment that has what a file in `tests/support/python` lists; it is made once for every content of that file.
 *
 * @param what - What it is, for whoever waits for it.
 */
export async function pythonEnvironment(file: string, what: string): Promise<PythonEnvironment> {
  const requirements = join(__dirname, "python", file);
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const environment = join(cacheFolder, `python-${hash}`);
  const python = join(environment, "bin", "python");
  if (existsSync(python)) return { python };
  console.log(`      installing ${what}, once; this may take a minute`);
  const half = `${environment}.${process.pid}`;
  try {
    await run("python3", ["-m", "venv", half], { timeout: longest });
    const quietly = ["--quiet", "--no-cache-dir", "--disable-pip-version-check"];
    const pip = ["-m", "pip", "install", ...quietly, "--requirement", requirements];
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
