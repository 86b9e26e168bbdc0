import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The oldest engine that works: from it on, refresh honours the inputs that a provider returns. */
export const oldestVersion = "3.216.0";

/** The engine to install where there is no usable one. Only its Go module's file names the version. */
export const wantedVersion = required(join(__dirname, "engine", "go.mod"), "github.com/pulumi/pulumi/pkg/v3");

function required(file: string, module: string): string {
  const version = new RegExp(`${module} v(\\d+\\.\\d+\\.\\d+)`).exec(readFileSync(file, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file} does not require ${module}`);
  return version;
}
