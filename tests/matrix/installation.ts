import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder, checkout } from "../support/paths";

const run = promisify(execFile);
const root = join(cacheFolder, "matrix");
const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];

/** The version that `name` resolves to: `latest` may be another tomorrow. */
export async function resolveSdk(name: string): Promise<string> {
  const { stdout } = await run("npm", ["view", `@pulumi/pulumi@${name}`, "version"], { cwd: checkout });
  return stdout.trim();
}

const installed = new Map<string, Promise<string>>();

/** A folder in which this package, packed, and that SDK are installed as a user installs them; anew in every run. */
export function installSdk(version: string): Promise<string> {
  const folder = installed.get(version) ?? packAndInstall(version);
  installed.set(version, folder);
  return folder;
}

async function packAndInstall(version: string): Promise<string> {
  const folder = emptyFolder(`sdk-${version}`);
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const { stdout } = await run("npm", pack, { cwd: checkout });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await install(folder, join(folder, filename), `@pulumi/pulumi@${version}`);
  return folder;
}

/** The folder of the newest `node` of a major version; it is kept between runs, since it is large. */
export async function installNode(major: number): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const bin = join(root, `node-${major}`, "node_modules", name, "bin");
  if (!existsSync(bin)) await install(emptyFolder(`node-${major}`), `${name}@${major}`);
  return bin;
}

function emptyFolder(name: string): string {
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function install(folder: string, ...packages: readonly string[]): Promise<void> {
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await run("npm", ["install", ...flags, ...packages], { cwd: folder });
}
