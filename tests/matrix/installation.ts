import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { installOnce, npmFlags, packTarball } from "../support/package-managers";
import { cacheFolder, checkout } from "../support/paths";

const run = promisify(execFile);

/** The version that `name` resolves to: `latest` may be another tomorrow. */
export async function resolveSdk(name: string): Promise<string> {
  const { stdout } = await run("npm", ["view", `@pulumi/pulumi@${name}`, "version"], { cwd: checkout });
  const version = stdout.trim();
  if (version === "") throw new Error(`There is no @pulumi/pulumi@${name}.`);
  return version;
}

const installed = new Map<string, Promise<string>>();

/**
 * A folder in which this package, packed, and that SDK are installed as a user installs them, in every run. It is
 * outside the checkout, whose node_modules would lend what the package forgot to ask for, and its own compiler.
 */
export function installSdk(version: string): Promise<string> {
  const folder = installed.get(version) ?? packAndInstall(version);
  installed.set(version, folder);
  return folder;
}

async function packAndInstall(version: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "ens-matrix-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const packages = [await packTarball(folder), `@pulumi/pulumi@${version}`];
  await run("npm", ["install", ...npmFlags, ...packages], { cwd: folder });
  return folder;
}

/** Removes what {@link installSdk} made. */
export async function removeSdks(): Promise<void> {
  for (const folder of await Promise.allSettled(installed.values())) {
    if (folder.status === "fulfilled") rmSync(folder.value, { recursive: true, force: true });
  }
}

/** The folder of the newest `node` of a major version; it is kept between runs, since it is large. */
export function installNode(major: number): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  return installOnce(join(cacheFolder, "matrix", `node-${major}`), `${name}@${major}`, join(name, "bin"));
}
