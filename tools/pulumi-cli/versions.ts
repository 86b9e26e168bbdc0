import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The oldest engine that works: from it on, refresh honours the inputs that a provider returns. */
export const oldestVersion = "3.216.0";

/** The engine to install where there is no usable one. Only its Go module's file names the version. */
export const wantedVersion = requiredVersion("engine", "github.com/pulumi/pulumi/pkg/v3");

/** The version of a Go module that one of the modules in this folder requires. */
export function requiredVersion(folder: string, module: string): string {
  const file = join(__dirname, folder, "go.mod");
  const version = new RegExp(`${module} v(\\d+\\.\\d+\\.\\d+)`).exec(readFileSync(file, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file} does not require ${module}`);
  return version;
}
