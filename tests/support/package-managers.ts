import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder, checkout } from "./paths";

const run = promisify(execFile);

/** The tools that tests install; other versions are other programs. */
const tools = {
  pnpm: { package: "pnpm@10.34.9", program: "pnpm/bin/pnpm.cjs" },
  yarn: { package: "yarn@1.22.22", program: "yarn/bin/yarn.js" },
  berry: { package: "@yarnpkg/cli-dist@4.18.1", program: "@yarnpkg/cli-dist/bin/yarn.js" },
  bun: bunOf(process.platform, process.arch),
  deno: denoOf(process.platform, process.arch),
} as const;

function bunOf(platform: string, arch: string) {
  const name = `@oven/bun-${platform}-${arch === "arm64" ? "aarch64" : arch}`;
  return { package: `${name}@1.4.5`, program: `${name}/bin/bun` };
}

function denoOf(platform: string, arch: string) {
  const name = `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`;
  return { package: `${name}@2.9.6`, program: `${name}/deno` };
}

/** The path of a tool from npm's registry; it is kept between runs. */
export async function installTool(tool: keyof typeof tools): Promise<string> {
  const { package: name, program } = tools[tool];
  return installOnce(join(cacheFolder, "tools", name.replace(/[@/]/g, "_")), name, program);
}

/**
 * The path of `wanted`, which comes with a package of npm's registry, in a folder that is kept between runs. The folder
 * appears there whole, since files that run side by side may want the same.
 */
export async function installOnce(folder: string, name: string, wanted: string): Promise<string> {
  const path = join(folder, "node_modules", wanted);
  if (existsSync(path)) return path;
  mkdirSync(dirname(folder), { recursive: true });
  const half = mkdtempSync(`${folder}.half-`);
  try {
    writeFileSync(join(half, "package.json"), '{ "private": true }\n');
    await run("npm", ["install", ...npmFlags, name], { cwd: half });
    await rename(half, folder).catch((error: unknown) => {
      if (!existsSync(path)) throw error;
    });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
  return path;
}

/** Packs the package into `folder`, as it is published, and gives the tarball's path. */
export async function packTarball(folder: string): Promise<string> {
  return join(folder, (await pack("--pack-destination", folder)).filename);
}

/** The paths of all that is packed. */
export async function packedFiles(): Promise<readonly string[]> {
  return (await pack("--dry-run")).files.map(({ path }) => path);
}

/** Without scripts, which would build again what other tests use at the same time. */
async function pack(...flags: string[]) {
  const args = ["pack", "--ignore-scripts", "--json", ...flags];
  const { stdout } = await run("npm", args, { cwd: checkout, maxBuffer: 16 * 1024 * 1024 });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return packed;
}

/** For `npm install`: nothing that is not needed, and nothing asked that is known. */
export const npmFlags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];

/**
 * Installs what a folder's package.json says.
 *
 * @param scripts - Whether npm may run those of packages, of which npm from 11 on warns.
 * @returns what is printed
 */
export async function installWith(
  manager: "npm" | "pnpm" | "yarn" | "berry",
  folder: string,
  { scripts = false } = {},
): Promise<string> {
  const args = {
    npm: ["install", ...npmFlags.filter((flag) => !scripts || flag !== "--ignore-scripts")],
    pnpm: ["install", "--ignore-scripts", "--no-frozen-lockfile", "--prefer-offline"],
    yarn: ["install", "--ignore-scripts", "--non-interactive", "--prefer-offline"],
    berry: ["install"],
  }[manager];
  // Telemetry, and the search for a version that the project asks for, are not what is tested.
  const env = {
    ...process.env,
    YARN_ENABLE_TELEMETRY: "0",
    YARN_ENABLE_SCRIPTS: "0",
    YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
    YARN_IGNORE_PATH: "1",
  };
  const command: [string, string[]] =
    manager === "npm" ? ["npm", args] : [process.execPath, [await installTool(manager), ...args]];
  const { stdout, stderr } = await run(...command, { cwd: folder, env });
  return stdout + stderr;
}
